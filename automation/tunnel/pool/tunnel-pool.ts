import type { Clock } from "../../core/clock";
import { asSallyportError, SallyportError } from "../../core/errors";
import { closedHere } from "../closed-here";
import type { Tunnel, TunnelStream } from "../tunnel";
import { PooledSession } from "./pooled-session";
import { doubtful, leavable, placeStream, type PoolLimits } from "./pool-plan";
import { WaitingLine } from "./waiting-line";

/** Bounds and times of a pool, milliseconds. */
export interface TunnelPoolLimits extends PoolLimits {
  /** Streams that may wait for a session. */
  readonly maxWaiting: number;
  /** How long a stream waits for one. */
  readonly queueMs: number;
  /** How long a stream waits for a session on its way rather than share a full one. */
  readonly growWaitMs: number;
  /** Pause before a session that could not be opened is tried again, while somebody waits. */
  readonly retryMs: number;
  readonly tickMs: number;
}

/** Defaults of a pool. */
export const POOL_LIMITS: TunnelPoolLimits = {
  maxSessions: 4,
  streamsPerSession: 4,
  busyBytesPerSecond: 400_000,
  idleMs: 60_000,
  maxWaiting: 100,
  queueMs: 30_000,
  growWaitMs: 2_000,
  retryMs: 2_000,
  tickMs: 1_000,
};

/** What happens in a pool; no secret is in it. */
export type PoolEvent =
  | { readonly type: "session-opened"; readonly session: number; readonly sessions: number }
  | { readonly type: "session-lost"; readonly session: number; readonly sessions: number; readonly message: string }
  | {
      readonly type: "session-left";
      readonly session: number;
      readonly sessions: number;
      readonly why: "idle" | "address";
    }
  /** Nobody could be served; what is waited for. */
  | { readonly type: "no-session"; readonly message: string; readonly code: SallyportError["code"] };

/** What a pool needs. */
export interface TunnelPoolOptions {
  /** Opens one more session to the destination, finding it anew. */
  readonly open: (signal: AbortSignal) => Promise<Tunnel>;
  readonly clock: Clock;
  readonly onEvent?: (event: PoolEvent) => void;
  readonly limits?: Partial<TunnelPoolLimits>;
}

/**
 * Sessions to one destination that look like one tunnel: it grows with load, because an agent limits each session's download, shrinks
 * when idle, and replaces what is lost. Streams that find no session wait, bounded in number and time; which port they came by is
 * not its business, and so never changes.
 */
export class TunnelPool {
  private readonly sessions = new Map<number, PooledSession>();
  /** Farewells on their way, of sessions that are no part of the pool any more. */
  private readonly leaving = new Set<Promise<void>>();
  private readonly waiting: WaitingLine<PooledSession>;
  private readonly limits: TunnelPoolLimits;
  private readonly stopped = new AbortController();
  private nextId = 1;
  private opening: Promise<void> | undefined;
  private failure: SallyportError | undefined;

  constructor(private readonly options: TunnelPoolOptions) {
    this.limits = { ...POOL_LIMITS, ...options.limits };
    this.waiting = new WaitingLine(options.clock, this.limits);
  }

  /** Opens the first session, so that a door that cannot be opened says so at once. Errors: those of `open`. */
  async start(): Promise<void> {
    await this.openOne();
    void this.keepTime();
  }

  /** Whether no session is left whose address is not in doubt: the next stream goes over a new one. */
  get doubts(): boolean {
    return [...this.sessions.values()].every((session) => session.retired);
  }

  /**
   * A stream over the session that suits it best.
   *
   * Errors: TUNNEL_TIMEOUT (no session in time; the last failure is its cause), TUNNEL_BUSY (too many wait), TUNNEL_CLOSED,
   * TUNNEL_PROTOCOL (a session's limit of streams), those of `open` that waiting does not mend; the signal's reason.
   */
  async openStream(signal?: AbortSignal): Promise<TunnelStream> {
    for (;;) {
      if (this.stopped.signal.aborted) throw closedHere();
      const session = await this.choose(signal);
      try {
        return this.watch(session, await session.tunnel.openStream());
      } catch (error) {
        // It may have ended between the choice and now: then another is chosen.
        if (session.tunnel.load.ready) throw error;
        this.drop(session, asSallyportError(error).message);
      }
    }
  }

  /** Ends streams and sessions, waits for those that were being left; who waits is told. */
  async close(): Promise<void> {
    this.stopped.abort();
    this.waiting.fail(closedHere());
    await this.opening?.catch(() => undefined);
    for (const session of this.sessions.values()) this.leave(session);
    this.sessions.clear();
    await Promise.all(this.leaving);
  }

  private async choose(signal: AbortSignal | undefined): Promise<PooledSession> {
    const now = this.options.clock.now();
    const views = [...this.sessions.values()].map((session) => session.view(now));
    const { use, grow, reluctant } = placeStream(views, this.opening ? 1 : 0, this.limits);
    if (grow) this.grow();
    const chosen = use === undefined ? undefined : this.sessions.get(use);
    if (chosen && !reluctant) return chosen;
    const late = (): SallyportError => this.lateError();
    if (!chosen) return this.waiting.join(this.limits.queueMs, signal, late);
    // A full session is better than none: wait a moment only.
    return this.waiting.join(this.limits.growWaitMs, signal, late).catch((error: unknown) => {
      signal?.throwIfAborted();
      if (this.stopped.signal.aborted) throw error;
      return chosen;
    });
  }

  /** Opens sessions as long as somebody waits and none is there. */
  private grow(): void {
    if (this.opening) return;
    this.opening = this.openOne()
      .catch((thrown: unknown) => this.failed(asSallyportError(thrown)))
      .finally(() => {
        this.opening = undefined;
        if (this.waiting.length > 0 && !this.anyReady() && !this.stopped.signal.aborted) this.grow();
      });
  }

  private async openOne(): Promise<void> {
    const { clock, open, onEvent } = this.options;
    const tunnel = await open(this.stopped.signal);
    if (this.stopped.signal.aborted) return tunnel.close();
    const session = new PooledSession(this.nextId++, tunnel, clock.now());
    this.sessions.set(session.id, session);
    this.failure = undefined;
    onEvent?.({ type: "session-opened", session: session.id, sessions: this.sessions.size });
    void tunnel.closed.then(({ message }) => this.drop(session, message));
    this.waiting.serve(session);
  }

  private async failed(error: SallyportError): Promise<void> {
    this.failure = error;
    if (this.stopped.signal.aborted) return;
    this.options.onEvent?.({ type: "no-session", message: error.message, code: error.code });
    if (!MENDS_BY_WAITING.has(error.code) && !this.anyReady()) this.waiting.fail(error);
    await this.options.clock.sleep(this.limits.retryMs, this.stopped.signal).catch(() => undefined);
  }

  private drop(session: PooledSession, message: string): void {
    if (!this.sessions.delete(session.id)) return;
    // Nothing is left to close but what its end brings with it, e.g. saying so to AWS.
    this.leave(session);
    if (this.stopped.signal.aborted) return;
    this.options.onEvent?.({ type: "session-lost", session: session.id, sessions: this.sessions.size, message });
    if (this.waiting.length > 0 && !this.anyReady()) this.grow();
  }

  private watch(session: PooledSession, stream: TunnelStream): TunnelStream {
    const { clock } = this.options;
    const since = clock.now();
    const { failedDials } = session.tunnel.load;
    stream.once("close", () => {
      const now = clock.now();
      const { load } = session.tunnel;
      const about = { ageMs: now - session.openedAt, proven: load.receivedBytes > 0 };
      const dialFailed = load.failedDials > failedDials;
      if (doubtful({ byPeer: stream.endedByPeer, dialFailed, ageMs: now - since, session: about }))
        session.retired = true;
      this.tidy(now);
    });
    return stream;
  }

  private async keepTime(): Promise<void> {
    const { clock } = this.options;
    while (!this.stopped.signal.aborted) {
      await clock.sleep(this.limits.tickMs, this.stopped.signal).catch(() => undefined);
      const now = clock.now();
      for (const session of this.sessions.values()) {
        session.measure(now);
        // One that came back after its line was lost.
        if (session.view(now).ready && !session.retired) this.waiting.serve(session);
      }
      this.tidy(now);
    }
  }

  private tidy(now: number): void {
    if (this.stopped.signal.aborted) return;
    const views = [...this.sessions.values()].map((session) => session.view(now));
    for (const id of leavable(views, now, this.limits)) {
      const session = this.sessions.get(id);
      if (!session) continue;
      this.sessions.delete(id);
      const why = session.retired ? "address" : "idle";
      this.options.onEvent?.({ type: "session-left", session: id, sessions: this.sessions.size, why });
      this.leave(session);
    }
  }

  /** Says farewell without waiting for it; `close` waits. A session that cannot be ended politely is ended by AWS's own time limit. */
  private leave({ tunnel }: PooledSession): void {
    const farewell = tunnel
      .close()
      .catch(() => undefined)
      .finally(() => this.leaving.delete(farewell));
    this.leaving.add(farewell);
  }

  private anyReady(): boolean {
    return [...this.sessions.values()].some((session) => !session.retired && session.tunnel.load.ready);
  }

  private lateError(): SallyportError {
    const seconds = this.limits.queueMs / 1000;
    return new SallyportError("TUNNEL_TIMEOUT", {
      message: `No tunnel was ready within ${seconds} s${this.failure ? `: ${this.failure.message}` : "."}`,
      cause: this.failure,
    });
  }
}

/** Failures that pass, or that somebody mends while we wait: network, a bastion on its way, a sign-in. */
const MENDS_BY_WAITING = new Set<string>([
  "AWS_UNREACHABLE",
  "HTTP_PROXY_FAILED",
  "AWS_CALL_FAILED",
  "TUNNEL_TIMEOUT",
  "TUNNEL_CLOSED",
  "TUNNEL_TARGET_NOT_CONNECTED",
  "AUTH_SIGN_IN_EXPIRED",
  "AUTH_NOT_SIGNED_IN",
  "DOOR_TARGET_NOT_FOUND",
]);
