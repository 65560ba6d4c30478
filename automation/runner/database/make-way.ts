import type { WantedRoles } from "../../../infra/contract/wanted-roles";
import { SallyportError } from "../../core/errors";
import { asOwner, missingSchemas } from "./as-owner";
import { readCatalog, roleNamed } from "./catalog";
import { closeLogins, departing, handOver } from "./departures-plan";
import { foreignObjects, type ForeignObject } from "./foreign-owners";
import { readObjectCatalog } from "./object-catalog";
import { parseRoleComment } from "./role-comment";
import { roleRefusals } from "./role-refusals";
import { inTransaction, withDatabase, type ConnectDatabase } from "./sql-client";

/** Judges how many may go at once; throws to refuse. */
export type JudgeRemovals = (gone: readonly string[], before: number) => void;

/**
 * What must be so before the database stack runs: names that belong to others and objects that nobody here may grant for are refused
 * before anything changes, all at once; people who left are shut out, their sessions ended and what they own handed to the owner role;
 * schemas stand.
 *
 * @returns how many statements were run
 * @throws SallyportError DB_ROLE_TAKEN, DB_FOREIGN_OWNER, and whatever `judge` throws
 */
export async function makeWay(connect: ConnectDatabase, wanted: WantedRoles, judge: JudgeRemovals): Promise<number> {
  const { gone, left, people } = await withDatabase(connect, "postgres", async (client) => {
    const found = await readCatalog(client);
    const refusals = roleRefusals(wanted, found);
    if (refusals.length > 0) throw taken(refusals);
    const people = found.roles.filter(({ login, comment }) => login && parseRoleComment(comment)?.kind === "person");
    const left = departing(wanted, found);
    // Who was shut out by a run that was cut off is not counted again.
    return { left, gone: left.filter((name) => roleNamed(found, name)?.login), people: people.length };
  });
  judge(gone, people);
  const foreign = await inEach(connect, wanted, async (client, database) =>
    (await foreignObjects(client, database)).map((object) => ({ ...object, database: database.name })),
  );
  if (foreign.length > 0) throw foreignOwner(foreign);
  const closing = closeLogins(gone);
  await withDatabase(connect, "postgres", (client) => inTransaction(client, closing));
  const made = await inEach(connect, wanted, async (client, database) => {
    const statements = asOwner(database.owner, missingSchemas(database, await readObjectCatalog(client, database)));
    const handed = handOver(left, database);
    await inTransaction(client, [...statements, ...handed]);
    return [statements.length + handed.length];
  });
  return closing.length + made.reduce((sum, count) => sum + count, 0);
}

async function inEach<T>(
  connect: ConnectDatabase,
  wanted: WantedRoles,
  work: (
    client: Parameters<typeof readCatalog>[0],
    database: WantedRoles["databases"][number],
  ) => Promise<readonly T[]>,
): Promise<T[]> {
  const found: T[] = [];
  for (const database of wanted.databases)
    found.push(...(await withDatabase(connect, database.name, (client) => work(client, database))));
  return found;
}

function taken(refusals: readonly string[]): SallyportError {
  return new SallyportError("DB_ROLE_TAKEN", {
    message: `The database has roles of these names already: ${refusals.join("; ")}. Nothing was changed.`,
    likely: "A user name was given to a new person, or somebody made the role by hand.",
  });
}

function foreignOwner(objects: readonly (ForeignObject & { readonly database: string })[]): SallyportError {
  const shown = objects
    .slice(0, 5)
    .map(({ kind, name, owner, database }) => `${kind} ${database}.${name} belongs to ${JSON.stringify(owner)}`);
  const more = objects.length > shown.length ? `; and ${objects.length - shown.length} more` : "";
  return new SallyportError("DB_FOREIGN_OWNER", {
    message: `Nobody here may grant on these: ${shown.join("; ")}${more}. Nothing was changed.`,
    likely: "They were made by hand or by another tool, not as the database's owner role.",
  });
}
