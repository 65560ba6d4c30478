import { unknownPath } from "../unknown-value";
import type { StackResource, StackVerdict } from "../rule";
import { textOf } from "../values";

/** What the resources of a stack are called by AWS. */
export interface OwnOutputs {
  readonly values: readonly string[];
  /** Outputs that AWS has not told yet, e.g. `endpoint of orders`: not known, or not even there before the resource is made. */
  readonly open: readonly string[];
}

/**
 * Reads outputs of resources, by type token.
 *
 * @example ownOutputs(resources, { "aws:rds/cluster:Cluster": ["endpoint"] }) // { values: ["orders.example"], open: [] }
 */
export function ownOutputs(
  resources: readonly StackResource[],
  properties: Readonly<Record<string, readonly string[]>>,
): OwnOutputs {
  const values: string[] = [];
  const open: string[] = [];
  for (const { type, name, props } of resources) {
    for (const property of properties[type] ?? []) {
      const value = read(() => textOf(props[property]));
      if (value === "") open.push(`${property} of ${name}`);
      else values.push(value);
    }
  }
  return { values, open };
}

/**
 * Decides about a name that stands in a program: `foreign` is called when no resource has it, and nothing is said to it as long
 * as some are not known.
 */
export function foreignTo(
  { values, open }: OwnOutputs,
  name: string,
  verdict: Pick<StackVerdict, "undecided">,
  foreign: () => void,
): void {
  if (values.includes(name)) return;
  if (open.length === 0) return foreign();
  for (const each of open) verdict.undecided(each);
}

function read(value: () => string): string {
  try {
    return value();
  } catch (thrown) {
    if (unknownPath(thrown) === undefined) throw thrown;
    return "";
  }
}
