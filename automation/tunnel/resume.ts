import type { SallyportError } from "../core/errors";

/** What a failed attempt to get a session back means. */
export type ResumeVerdict =
  /** It will never be ours again. */
  | "over"
  /** Only a new sign-in helps; the person may do that while we wait. */
  | "sign-in"
  /** Network, load, a fault of AWS's: try again. */
  | "again";

const SIGN_IN = new Set<string>(["AUTH_SIGN_IN_EXPIRED", "AUTH_NOT_SIGNED_IN"]);
/** A refusal by policy, an address that we do not follow, a certificate that is not AWS's. */
const OVER = new Set<string>(["AUTH_FORBIDDEN", "TUNNEL_PROTOCOL", "TLS_UNTRUSTED", "TLS_WRONG_NAME"]);

/**
 * Judges the error of ResumeSession or of the new WebSocket. A refusal right after fresh credentials were asked for is taken at
 * its word only when it comes again: the first may be of credentials that ended on the way (session-manager-plugin issue 136).
 *
 * @example judgeResume("AUTH_SIGN_IN_EXPIRED", 1) // "sign-in"
 */
export function judgeResume(code: SallyportError["code"], attempt: number): ResumeVerdict {
  if (SIGN_IN.has(code)) return "sign-in";
  if (code === "AUTH_FORBIDDEN" && attempt < 2) return "again";
  return OVER.has(code) ? "over" : "again";
}

/** Bounds of the pauses between attempts, milliseconds. */
export interface BackOffLimits {
  readonly resumeFirstMs: number;
  readonly resumeMaxMs: number;
}

/**
 * The pause before attempt number `attempt` (from 0), milliseconds: none before the first, then doubling, with the upper half drawn by
 * `chance` (0 to 1), so that a thousand clients of one gateway do not come back together.
 *
 * @example backOff(2, 0.5, { resumeFirstMs: 500, resumeMaxMs: 10_000 }) // 750
 */
export function backOff(attempt: number, chance: number, limits: BackOffLimits): number {
  if (attempt === 0) return 0;
  const whole = Math.min(limits.resumeMaxMs, limits.resumeFirstMs * 2 ** (attempt - 1));
  return Math.round(whole / 2 + (whole / 2) * chance);
}
