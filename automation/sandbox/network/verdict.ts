/**
 * Whether a packet would arrive, and if not, what its sender sees: `timeout` (dropped on the way) or `name` (the host name does not
 * resolve). `reason` says which part is missing; it is for `sandbox status` and tests, never shown by a simulated API.
 */
export type Verdict =
  { readonly ok: true } | { readonly ok: false; readonly kind: "timeout" | "name"; readonly reason: string };

/** The verdict that everything is in place. */
export const REACHES: Verdict = { ok: true };

/** Dropped on the way. */
export function timesOut(reason: string): Verdict & { readonly ok: false } {
  return { ok: false, kind: "timeout", reason };
}

/** The name does not resolve. */
export function noName(reason: string): Verdict & { readonly ok: false } {
  return { ok: false, kind: "name", reason };
}
