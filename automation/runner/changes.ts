import type { ChangeSummary } from "../pulumi/engine-events";

/** What changed or would change, without what stays. */
export type Changes = Omit<ChangeSummary, "same">;

/** Nothing changed. */
export const NO_CHANGES: Changes = { create: 0, update: 0, replace: 0, delete: 0 };

const WORDS = { create: "created", update: "changed", replace: "replaced", delete: "deleted" } as const;
const KINDS = ["create", "update", "replace", "delete"] as const;

/** A stack's summary without what stays. */
export function countChanges({ create, update, replace, delete: removed }: ChangeSummary): Changes {
  return { create, update, replace, delete: removed };
}

/** The changes of two runs as one. */
export function addChanges(a: Changes, b: Changes): Changes {
  const [create, update, replace, removed] = KINDS.map((kind) => a[kind] + b[kind]) as [number, number, number, number];
  return { create, update, replace, delete: removed };
}

/**
 * What happened to a stack's resources, without what did not.
 *
 * @example changesText({ create: 52, update: 0, replace: 0, delete: 0 }, 0) // "52 created"
 * @example changesText(NO_CHANGES, 52) // "52 as they were"
 */
export function changesText(changes: Changes, same: number): string {
  const parts = KINDS.filter((kind) => changes[kind] > 0).map((kind) => `${changes[kind]} ${WORDS[kind]}`);
  return parts.length > 0 ? parts.join(", ") : `${same} as they were`;
}
