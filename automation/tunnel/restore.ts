import type WebSocket from "ws";
import type { Clock } from "../core/clock";
import { asSallyportError, SallyportError } from "../core/errors";
import type { NetworkSettings } from "../network/network-settings";
import { openSocket } from "./open-socket";
import { backOff, judgeResume, type BackOffLimits } from "./resume";
import type { ChannelAccess, TunnelEvent } from "./tunnel";

/** What getting a session back needs. */
export interface RestoreOptions {
  /** ResumeSession; undefined if the session is over. */
  readonly resume: (signal: AbortSignal) => Promise<ChannelAccess | undefined>;
  /** The address so far: kept if ResumeSession names none. */
  readonly streamUrl: string;
  readonly sign: (url: string) => Promise<Readonly<Record<string, string>>>;
  readonly clock: Clock;
  readonly randomBytes: (size: number) => Buffer;
  readonly connectTimeoutMs: number;
  readonly network?: NetworkSettings;
  readonly limits: BackOffLimits & {
    readonly resumeMs: number;
    readonly signInPollMs: number;
    readonly maxFrameBytes: number;
  };
  readonly signal: AbortSignal;
  readonly report: (event: TunnelEvent) => void;
}

/** A session's new socket, and what opens its channel. */
export interface Restored {
  readonly socket: WebSocket;
  readonly access: ChannelAccess;
  readonly attempts: number;
}

/**
 * Gets a session back whose socket was lost: asks for a fresh token and address, opens the socket, again and again with growing
 * pauses, until it works, AWS says that the session is over, or `resumeMs` are gone. A sign-in that ended is waited for: the person
 * may sign in again meanwhile.
 *
 * Errors: TUNNEL_CLOSED (over, or time is up; the last failure is its cause); the signal's reason.
 */
export async function restore(options: RestoreOptions): Promise<Restored> {
  const { clock, limits, signal } = options;
  const since = clock.now();
  let waitMs = 0;
  for (let attempt = 0; ; attempt++) {
    await clock.sleep(waitMs, signal);
    const result = await attemptOnce(options).catch((thrown: unknown) => asSallyportError(thrown));
    if (result === undefined) throw over("The session was idle or open for too long, or somebody ended it.");
    if (!(result instanceof SallyportError)) return { ...result, attempts: attempt + 1 };
    signal.throwIfAborted();
    waitMs = waitAfter(result, attempt, options);
    if (clock.now() - since >= limits.resumeMs) {
      const minutes = Math.round(limits.resumeMs / 60_000);
      throw over(`The session could not be resumed within ${minutes} min: ${result.message}`, result);
    }
  }
}

/** How long to wait after a failed attempt; throws what cannot be mended by waiting. */
function waitAfter(error: SallyportError, attempt: number, options: RestoreOptions): number {
  const { limits, randomBytes, report } = options;
  const verdict = judgeResume(error.code, attempt);
  if (verdict === "over") throw over(`The session could not be resumed: ${error.message}`, error);
  report({ type: "waiting", for: verdict === "sign-in" ? "sign-in" : "network", message: error.message });
  if (verdict === "sign-in") return limits.signInPollMs;
  return backOff(attempt + 1, randomBytes(4).readUInt32BE(0) / 2 ** 32, limits);
}

/** One attempt; undefined if AWS says that the session is over. */
async function attemptOnce(options: RestoreOptions): Promise<Omit<Restored, "attempts"> | undefined> {
  const answer = await options.resume(options.signal);
  if (!answer || answer.tokenValue === "") return undefined;
  // An empty address means the old one; a new one is always taken, for its cell may have moved.
  const access = { ...answer, streamUrl: answer.streamUrl === "" ? options.streamUrl : answer.streamUrl };
  const socket = await openSocket({ ...options, ...access, maxFrameBytes: options.limits.maxFrameBytes });
  return { socket, access };
}

function over(message: string, cause?: SallyportError): SallyportError {
  return new SallyportError("TUNNEL_CLOSED", {
    message,
    cause,
    next: "run the same command again; a running sallyport proxy only needs a new connection",
  });
}
