import { silentReporter } from "../core/events";
import type { PendingOperation } from "../pulumi/stack-engine";
import { askStack, stackPending, type RunStackTools } from "./stack-child/run-stack";
import type { StackRequest, StackResult } from "./stack-child/stack-request";

/** What is known about a resource whose creation was cut off. `unknown` stops the run. */
export type OrphanAnswer =
  | { readonly urn: string; readonly state: "exists"; readonly id: string }
  | { readonly urn: string; readonly state: "absent" }
  | { readonly urn: string; readonly state: "unknown" };

/**
 * Looks in the account for what a killed run was creating. Answers for every operation asked about; an operation without an answer
 * counts as unknown.
 */
export type FindOrphans = (
  pending: readonly PendingOperation[],
  signal: AbortSignal,
) => Promise<readonly OrphanAnswer[]>;

/** Recovery's own needs. */
export interface RecoveryTools extends RunStackTools {
  /** `orphansByName` when left out. */
  readonly findOrphans?: FindOrphans;
}

/**
 * Resource types whose provider id is one of their inputs (the "Import" sections of the provider's registry pages): reading that id
 * tells whether they exist. Everything else has an id that the account gave, and must be looked for.
 */
const ID_INPUT: Readonly<Record<string, string>> = {
  "aws:cloudwatch/logGroup:LogGroup": "name",
  "aws:iam/instanceProfile:InstanceProfile": "name",
  "aws:iam/role:Role": "name",
  "aws:rds/cluster:Cluster": "clusterIdentifier",
  "aws:rds/clusterInstance:ClusterInstance": "identifier",
  "aws:rds/clusterParameterGroup:ClusterParameterGroup": "name",
  "aws:rds/instance:Instance": "identifier",
  "aws:rds/parameterGroup:ParameterGroup": "name",
  "aws:rds/subnetGroup:SubnetGroup": "name",
  "aws:ssm/document:Document": "name",
  "aws:ssm/parameter:Parameter": "name",
  "postgresql:index/role:Role": "name",
};

/** Made again without harm: a grant that stands already is taken over by the next create. */
const REPEATABLE = new Set([
  "postgresql:index/defaultPrivileges:DefaultPrivileges",
  "postgresql:index/grant:Grant",
  "postgresql:index/grantRole:GrantRole",
]);

/**
 * What can be told from the state alone. Types whose id is a name are said to exist: the refresh that follows reads them, and drops
 * those that do not. `random` resources exist in the state only, and grants are made again. All others are unknown.
 */
export const orphansByName: FindOrphans = async (pending) =>
  pending.map(({ urn, type, inputs }): OrphanAnswer => {
    if (type.startsWith("random:") || REPEATABLE.has(type)) return { urn, state: "absent" };
    const id = inputs[ID_INPUT[type] ?? ""];
    return typeof id === "string" && id !== "" ? { urn, state: "exists", id } : { urn, state: "unknown" };
  });

/**
 * Runs a stack operation; when a killed run left operations pending, first reads the account: what exists is adopted, what does not
 * is dropped, and both are said. With anything unknown it stops: the engine would create a second copy.
 *
 * @throws SallyportError STACK_PENDING naming every resource that is unknown; and as `runStack`
 */
export async function runStackRecovering(request: StackRequest, tools: RecoveryTools): Promise<StackResult> {
  const first = await askStack(request, tools);
  if (first.kind === "done") return first.result;
  await settle(request, first.pending, tools);
  const second = await askStack(request, tools);
  if (second.kind === "done") return second.result;
  throw stackPending(request, second.pending);
}

async function settle(
  request: StackRequest,
  pending: readonly PendingOperation[],
  tools: RecoveryTools,
): Promise<void> {
  const stage = request.stage ?? "Stack";
  // Refreshing reads what was being updated, deleted or read: only creations may have left something unrecorded.
  const creates = pending.filter(({ kind }) => kind === "creating");
  const answers = new Map(
    (await (tools.findOrphans ?? orphansByName)(creates, tools.signal)).map((answer) => [answer.urn, answer]),
  );
  const unknown = creates.filter(({ urn }) => (answers.get(urn)?.state ?? "unknown") === "unknown");
  if (unknown.length > 0) throw stackPending(request, unknown);
  const adopt = [...answers.values()].flatMap((answer) =>
    answer.state === "exists" ? [{ urn: answer.urn, id: answer.id }] : [],
  );
  for (const { urn, type, name } of creates) {
    const adopted = adopt.find((found) => found.urn === urn);
    const text = adopted
      ? `adopting ${type} "${name}" (${adopted.id}), which a killed run made`
      : `${type} "${name}" was never made`;
    tools.reporter.report({
      type: "stack.recovered",
      stage,
      mark: "note",
      text,
      data: { urn, adopted: adopted !== undefined },
    });
  }
  const { policyPacks: _packs, expectNoChanges: _strict, ...plain } = request;
  await askStack({ ...plain, operation: "settle", adopt }, { ...tools, reporter: silentReporter });
}
