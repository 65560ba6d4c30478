import { resultOf, seenText, type Problem, type Result } from "../../infra/contract/result";
import type { CheckedResource } from "../../policies/library";
import { stateValue } from "./state-value";

/** A resource of a state, and who looks after it. */
export interface StateResource extends CheckedResource {
  /** False: the program only reads it (`get`, Pulumi: "external"), so that what it looks like is not the program's doing. */
  readonly managed: boolean;
}

/** What a stack's state says. */
export interface StackState {
  readonly resources: readonly StateResource[];
  /** What a killed run left open, e.g. `creating orders (aws:rds/cluster:Cluster)`: it may exist, and nothing here speaks of it. */
  readonly pending: readonly string[];
}

type Fields = Readonly<Record<string, unknown>>;

/** Versions of Pulumi's deployment schema that have this form (Pulumi, `sdk/go/common/apitype`: `DeploymentV3`, and 4 with features). */
const VERSIONS: readonly unknown[] = [3, 4];

/**
 * Reads what `pulumi stack export` prints. Left out, as the engine does it: what waits for its deletion or its replacement, and providers
 * themselves. Secrets count as unknown. A refusal names paths and kinds, no value: any of them may be secret.
 *
 * @example stateResources({ version: 3, deployment: { resources: [{ urn: "urn:pulumi:dev::app::aws:ec2/vpc:Vpc::main", … }] } })
 */
export function stateResources(exported: unknown): Result<StackState> {
  const problems: Problem[] = [];
  const deployment = deploymentOf(exported, problems);
  const entries = listOf("deployment.resources", deployment?.resources, problems);
  const pending = listOf("deployment.pending_operations", deployment?.pending_operations, problems);
  const resources = entries.flatMap((entry, at) => readResource(entry, `deployment.resources[${at}]`, problems));
  const open = pending.flatMap((entry, at) => readPending(entry, `deployment.pending_operations[${at}]`, problems));
  return resultOf(problems, () => ({ resources, pending: open }));
}

function deploymentOf(exported: unknown, problems: Problem[]): Fields | undefined {
  if (!isFields(exported)) {
    problems.push({ path: "the file", seen: kindOf(exported), expected: "what `pulumi stack export` prints" });
    return undefined;
  }
  if ("checkpoint" in exported) {
    const expected = "what `pulumi stack export` prints, not a backend's own file";
    problems.push({ path: "the file", seen: "a checkpoint", expected });
    return undefined;
  }
  const { version, deployment } = exported;
  if (!VERSIONS.includes(version)) {
    const seen = typeof version === "number" ? seenText(version) : kindOf(version);
    problems.push({ path: "version", seen, expected: `${VERSIONS.join(" or ")}: a stack export of Pulumi 3` });
  }
  if (isFields(deployment)) return deployment;
  problems.push({ path: "deployment", seen: kindOf(deployment), expected: "an object" });
  return undefined;
}

/** A new stack has neither list; the engine writes an empty one as null. */
function listOf(path: string, value: unknown, problems: Problem[]): readonly unknown[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value;
  problems.push({ path, seen: kindOf(value), expected: "a list" });
  return [];
}

function readResource(entry: unknown, path: string, problems: Problem[]): StateResource[] {
  if (!isFields(entry)) {
    problems.push({ path, seen: kindOf(entry), expected: "a resource" });
    return [];
  }
  const urn = readUrn(entry.urn, `${path}.urn`, problems);
  const inputs = fieldsOf(`${path}.inputs`, entry.inputs, problems);
  const outputs = fieldsOf(`${path}.outputs`, entry.outputs, problems);
  const written = fieldsOf(`${path}.propertyDependencies`, entry.propertyDependencies, problems);
  if (!urn || isGone(entry) || urn.type.startsWith("pulumi:providers:")) return [];
  return [
    {
      ...urn,
      inputs: readValues(inputs),
      outputs: withId(entry.id, readValues(outputs)),
      propertyDependencies: readDependencies(written, `${path}.propertyDependencies`, problems),
      protect: entry.protect === true,
      managed: entry.external !== true,
    },
  ];
}

function isGone({ delete: isDoomed, pendingReplacement }: Fields): boolean {
  return isDoomed === true || pendingReplacement === true;
}

/** Providers of the Terraform kind repeat the id among the outputs, where rules look for it; others leave it beside them. */
function withId(id: unknown, outputs: Fields): Fields {
  return typeof id === "string" && id !== "" ? { id, ...outputs } : outputs;
}

function readValues(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, stateValue(value)]));
}

function readDependencies(fields: Fields, path: string, problems: Problem[]): CheckedResource["propertyDependencies"] {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => {
      const urns = listOf(`${path}.${key}`, value, problems);
      return [key, urns.filter((each) => typeof each === "string")];
    }),
  );
}

function readPending(entry: unknown, path: string, problems: Problem[]): string[] {
  const { type, resource } = isFields(entry) ? entry : {};
  const urn = readUrn(isFields(resource) ? resource.urn : undefined, `${path}.resource.urn`, problems);
  return urn ? [`${typeof type === "string" ? type : "changing"} ${urn.name} (${urn.type})`] : [];
}

/** `urn:pulumi:<stack>::<project>::<parent type>$<type>::<name>` (Pulumi: "Resource names", URNs); a name may hold `::`. */
function readUrn(
  value: unknown,
  path: string,
  problems: Problem[],
): { readonly urn: string; readonly type: string; readonly name: string } | undefined {
  const parts = typeof value === "string" ? value.split("::") : [];
  const type = parts[2]?.split("$").at(-1) ?? "";
  const name = parts.slice(3).join("::");
  if (typeof value === "string" && value.startsWith("urn:pulumi:") && type !== "" && name !== "") {
    return { urn: value, type, name };
  }
  const seen = typeof value === "string" ? "another text" : kindOf(value);
  problems.push({ path, seen, expected: "urn:pulumi:<stack>::<project>::<type>::<name>" });
  return undefined;
}

function fieldsOf(path: string, value: unknown, problems: Problem[]): Fields {
  if (value === undefined || value === null) return {};
  if (isFields(value)) return value;
  problems.push({ path, seen: kindOf(value), expected: "an object" });
  return {};
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function kindOf(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  return Array.isArray(value) ? "a list" : typeof value === "object" ? "an object" : `a ${typeof value}`;
}
