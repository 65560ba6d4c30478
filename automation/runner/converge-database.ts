import { SallyportError } from "../core/errors";
import { addChanges, changesText, countChanges, type Changes } from "./changes";
import { readCatalog } from "./database/catalog";
import { makeWay, type JudgeRemovals } from "./database/make-way";
import { roleComments } from "./database/role-comments-plan";
import { inTransaction, withDatabase, type ConnectDatabase } from "./database/sql-client";
import { dropRoles, untrackedRoles } from "./database/untracked-roles";
import { verifyRoles } from "./database/verify";
import { runDatabaseStack, type DatabaseStackRequest, type LocalAddress } from "./database-stack";
import type { RunnerTools } from "./runner-tools";
import { runStep } from "./step";

/** What bringing the inside of one cluster to the matrix needs. */
export interface ConvergeRequest extends Omit<DatabaseStackRequest, "operation" | "address"> {
  /** As the provisioner, straight through the door. */
  readonly connect: ConnectDatabase;
  /** The proxy that the stack's provider uses. */
  readonly address: LocalAddress;
  readonly judgeRemovals: JudgeRemovals;
}

/** What it took. */
export interface Converged {
  /** Resources of the database stack. */
  readonly changes: Changes;
  /** The runner's own SQL statements. */
  readonly statements: number;
}

/** What it took, and what the catalogs still have otherwise than wanted: one sentence each. */
export interface ConvergedDatabase extends Converged {
  readonly differences: readonly string[];
}

/**
 * Makes way, runs the database stack, then says by a comment whose each role is. A stack compares with its state: what somebody
 * changed by hand shows in the catalogs only, so with a difference there the state is read anew and the stack runs once more.
 * Run again after a cut-off: it continues.
 *
 * @throws SallyportError as `makeWay` and `runDatabaseStack`
 */
export async function convergeDatabase(request: ConvergeRequest, tools: RunnerTools): Promise<ConvergedDatabase> {
  const { connect, wish, judgeRemovals } = request;
  const before = await makeWay(connect, wish, judgeRemovals);
  const { changes, differences } = await runStep(
    { type: "database.stack", stage: "Database", text: "roles, memberships and grants" },
    tools,
    async () => {
      const done = await stackUp(request, tools);
      const roles = `${wish.privilegeRoles.length} privilege roles, ${wish.logins.length} login roles`;
      return { value: done, text: `${roles}: ${changesText(done.changes, done.same)}`, data: { ...done.changes } };
    },
  );
  const after = await withDatabase(connect, "postgres", async (client) => {
    const comments = roleComments(wish, await readCatalog(client));
    await inTransaction(client, comments);
    return comments.length;
  });
  return { changes, differences, statements: before + after };
}

/** What the stack did, in one run or two. */
interface StackRun extends Pick<ConvergedDatabase, "changes" | "differences"> {
  readonly same: number;
}

async function stackUp(request: ConvergeRequest, tools: RunnerTools): Promise<StackRun> {
  const { summary } = await adoptingUp(request, tools);
  const first = countChanges(summary);
  const drifted = await verifyRoles(request.connect, request.wish);
  if (drifted.length === 0) return { changes: first, same: summary.same, differences: [] };
  tools.reporter.report({
    type: "database.drift",
    stage: "Database",
    mark: "note",
    text: `the catalogs differ from the stack's state, which is read anew: ${drifted.join("; ")}`,
    data: { differences: drifted },
  });
  await runDatabaseStack({ ...request, operation: "refresh" }, tools);
  const again = (await runDatabaseStack({ ...request, operation: "up" }, tools)).summary;
  const differences = await verifyRoles(request.connect, request.wish);
  return { changes: addChanges(first, countChanges(again)), same: again.same, differences };
}

async function adoptingUp(request: ConvergeRequest, tools: RunnerTools): ReturnType<typeof runDatabaseStack> {
  const { connect, wish } = request;
  try {
    return await runDatabaseStack({ ...request, operation: "up" }, tools);
  } catch (error) {
    const names = error instanceof SallyportError ? untrackedRoles(wish, error.message) : [];
    if (names.length === 0) throw error;
    await dropRoles(connect, wish, names);
    tools.reporter.report({
      type: "database.untracked",
      stage: "Database",
      mark: "note",
      text: `made again, as an earlier run was cut off before it recorded them: ${names.join(", ")}`,
      data: { names },
    });
    return runDatabaseStack({ ...request, operation: "up" }, tools);
  }
}
