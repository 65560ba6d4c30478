import { SallyportError } from "../core/errors";
import type { Refused } from "./refusal";

/**
 * Passes if every refusal held.
 *
 * @throws SallyportError DEMO_FAILED with those that did not
 */
export function judge(refused: readonly Refused[]): void {
  const wrong = refused.filter(({ held }) => !held).map(({ title, words }) => `${title}: ${words}`);
  if (wrong.length > 0) throw demoFailed(wrong.join("; "));
}

/** A line of the demo that did not hold. */
export function demoFailed(what: string): SallyportError {
  return new SallyportError("DEMO_FAILED", { message: `Not every line held: ${what}.` });
}
