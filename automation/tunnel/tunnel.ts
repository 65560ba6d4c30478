import type { Duplex } from "node:stream";
import type { Clock } from "../core/clock";
import { SallyportError } from "../core/errors";
import type { NetworkSettings } from "../network/network-settings";
import { TUNNEL_LIMITS, type TunnelLimits } from "./limits";
import { openSocket } from "./open-socket";
import { TunnelSession } from "./tunnel-session";

/** What happens in a tunnel, for progress and diagnosis. Texts from outside are made safe; no secret is in them. */
export type TunnelEvent =
  | { readonly type: "connected" }
  /** `customerMessage` is the account's message for users; mostly empty. */
  | { readonly type: "handshake"; readonly agentVersion: string; readonly customerMessage: string }
  | { readonly type: "ready" }
  /** The agent could not dial for one of the streams; that stream ends. Which one, the protocol does not say. */
  | { readonly type: "dial-failed" }
  /** The gateway holds data back, or goes on. */
  | { readonly type: "paused" }
  | { readonly type: "resumed" }
  /** The socket was lost; streams wait until it is restored, or the tunnel ends. */
  | { readonly type: "suspended"; readonly message: string }
  /** An attempt to restore it failed; what the next one waits for. */
  | { readonly type: "waiting"; readonly for: "network" | "sign-in"; readonly message: string }
  /** The session goes on where it was, on another socket. */
  | { readonly type: "restored"; readonly attempts: number; readonly afterMs: number }
  | { readonly type: "closed"; readonly by: TunnelClosed["by"]; readonly message: string };

/** How a tunnel ended. */
export interface TunnelClosed {
  /** `us`: close(). `service`: channel_closed. `network`: the socket. `failure`: something that the protocol does not allow. */
  readonly by: "us" | "service" | "network" | "failure";
  readonly message: string;
}

/** What opens a session's channel, once: of StartSession or ResumeSession. Both are secrets. */
export interface ChannelAccess {
  readonly streamUrl: string;
  readonly tokenValue: string;
}

/** A session as StartSession gives it, and what a tunnel through it needs. */
export interface TunnelOptions extends ChannelAccess {
  readonly sessionId: string;
  /** ResumeSession: a fresh token and address, undefined if the session is over. Left out: a lost socket ends the tunnel. */
  readonly resume?: (signal: AbortSignal) => Promise<ChannelAccess | undefined>;
  /** Answers the headers that sign the GET of the WebSocket upgrade (service `ssmmessages`). */
  readonly sign: (url: string) => Promise<Readonly<Record<string, string>>>;
  readonly clock: Clock;
  readonly randomBytes: (size: number) => Buffer;
  /** Proxy and authorities; left out: directly. */
  readonly network?: NetworkSettings;
  /** For the socket, and again for the handshake, milliseconds. */
  readonly connectTimeoutMs: number;
  /** Ends the opening; an open tunnel is ended by `close`. */
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: TunnelEvent) => void;
  /** Other limits than the defaults. */
  readonly limits?: Partial<TunnelLimits>;
}

/** The options with all limits. */
export type SessionOptions = Omit<TunnelOptions, "limits"> & { readonly limits: TunnelLimits };

/** One connection through a tunnel. */
export interface TunnelStream extends Duplex {
  /** The far side ended it before we did. */
  readonly endedByPeer: boolean;
}

/** How a tunnel is doing, for whoever chooses between several. */
export interface TunnelLoad {
  /** Its socket is open. */
  readonly ready: boolean;
  readonly streams: number;
  /** Data bytes received since it was opened. */
  readonly receivedBytes: number;
  /** Messages sent so far, and how often one of them was sent again. */
  readonly messages: { readonly sent: number; readonly again: number };
  /** Dials that the agent said it could not make, so far. */
  readonly failedDials: number;
  /** Milliseconds since anything was acknowledged, while something waits for that. */
  readonly stalledMs: number;
  /** Readers are behind: it takes no more from the network. */
  readonly pressed: boolean;
}

/** An open tunnel: any number of streams, each a TCP connection that the agent dials to the session's one destination. */
export interface Tunnel {
  /**
   * A new stream. That the dial failed shows as the stream's end before any byte; that it hangs, as silence.
   * Errors: TUNNEL_CLOSED and other causes of the tunnel's end.
   */
  openStream(): Promise<TunnelStream>;
  readonly load: TunnelLoad;
  /** Ends streams and session, and says so to the agent; bounded by `limits.farewellMs` twice. May be called again. */
  close(): Promise<void>;
  /** Never rejects. */
  readonly closed: Promise<TunnelClosed>;
}

/**
 * Opens the data channel of a started session and waits until it carries data.
 *
 * Errors: those of `openSocket`; TUNNEL_TIMEOUT (no handshake in time), TUNNEL_HANDSHAKE, TUNNEL_CLOSED (with the service's
 * reason), TUNNEL_PROTOCOL; the signal's reason.
 *
 * @example
 * const tunnel = await openTunnel({ ...(await startSession()), sign, clock, randomBytes, connectTimeoutMs: 15_000 });
 * const stream = await tunnel.openStream();
 */
export async function openTunnel(options: TunnelOptions): Promise<Tunnel> {
  const limits: TunnelLimits = { ...TUNNEL_LIMITS, ...options.limits };
  const socket = await openSocket({ ...options, maxFrameBytes: limits.maxFrameBytes });
  options.onEvent?.({ type: "connected" });
  const session = new TunnelSession({ ...options, limits }, socket);
  const watch = watchOpening(options, (error) => session.abandon(error));
  try {
    await session.start();
  } catch (error) {
    options.signal?.throwIfAborted();
    throw error;
  } finally {
    watch.end();
  }
  options.onEvent?.({ type: "ready" });
  return {
    openStream: async () => session.openStream(),
    get load() {
      return session.load;
    },
    close: () => session.close(),
    closed: session.closed,
  };
}

/** Calls `giveUp` when time is up or the signal aborts, until `end`. */
function watchOpening(options: TunnelOptions, giveUp: (error: SallyportError) => void): { end(): void } {
  const done = new AbortController();
  const { signal, clock, connectTimeoutMs } = options;
  const aborted = (): void =>
    giveUp(new SallyportError("TUNNEL_CLOSED", { message: "Opening the tunnel was interrupted." }));
  if (signal?.aborted) aborted();
  signal?.addEventListener("abort", aborted, { once: true });
  const message = `The agent did not complete the handshake within ${connectTimeoutMs / 1000} s.`;
  clock.sleep(connectTimeoutMs, done.signal).then(
    () => giveUp(new SallyportError("TUNNEL_TIMEOUT", { message })),
    () => undefined,
  );
  return {
    end: () => {
      // By hand: a listener that is bound to a signal of its own outlives it (seen in Node 24), and this one lives for days.
      signal?.removeEventListener("abort", aborted);
      done.abort();
    },
  };
}
