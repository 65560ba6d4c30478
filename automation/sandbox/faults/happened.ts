/** A fault named something that is not there. */
export class NothingThere extends Error {}

/**
 * Does something to all open sessions (`chosen` empty) or to one, and says to how many. Throws NothingThere when the chosen one is
 * not open.
 *
 * @example happened("", () => 2) // "2 sessions"
 */
export function happened(chosen: string, act: (sessionId: string | undefined) => number): string {
  const count = act(chosen === "" ? undefined : chosen);
  if (count === 0 && chosen !== "") throw new NothingThere(`no open session ${JSON.stringify(chosen)}`);
  return count === 1 ? "1 session" : `${count} sessions`;
}
