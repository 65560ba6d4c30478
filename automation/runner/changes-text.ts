import type { ChangeSummary } from "../pulumi/engine-events";

const WORDS = { create: "created", update: "changed", replace: "replaced", delete: "deleted" } as const;

/**
 * What happened to a stack's resources, without what did not.
 *
 * @example changesText({ create: 52, update: 0, replace: 0, delete: 0, same: 0 }) // "52 created"
 * @example changesText({ create: 0, update: 0, replace: 0, delete: 0, same: 52 }) // "52 as they were"
 */
export function changesText(summary: ChangeSummary): string {
  const parts = (["create", "update", "replace", "delete"] as const)
    .filter((kind) => summary[kind] > 0)
    .map((kind) => `${summary[kind]} ${WORDS[kind]}`);
  return parts.length > 0 ? parts.join(", ") : `${summary.same} as they were`;
}
