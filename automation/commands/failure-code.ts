import type { SallyportError } from "../core/errors";

/** "The program never started", as of env(1) and timeout(1): our 1 to 7 would be taken for the program's own codes. */
const NEVER_STARTED = 125;

/**
 * Exit code of `sallyport exec` for a failure of ours: 125 whatever it was, usage included; an interruption before the program
 * started stays one, so that a script's loop ends.
 *
 * @example failureCode(new SallyportError("AUTH_NOT_SIGNED_IN", …)) // 125
 */
export function failureCode(error: Pick<SallyportError, "code" | "exitCode">): number {
  return error.code === "INTERRUPTED" || error.code === "TERMINATED" ? error.exitCode : NEVER_STARTED;
}
