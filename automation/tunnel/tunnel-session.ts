import WebSocket from "ws";
import { SallyportError } from "../core/errors";
import { terminalText } from "../core/terminal-text";
import { agentWantsKeepAlive } from "./agent-version";
import { DataChannel } from "./data-channel";
import { Deferred } from "./deferred";
import { CLIENT_VERSION, Handshake } from "./handshake";
import { MuxSession } from "./mux/mux-session";
import type { MuxStream } from "./mux/mux-stream";
import type { SessionOptions, TunnelClosed } from "./tunnel";
import { decodeFlag, encodeFlag } from "./wire/flag";
import { FLAGS, PAYLOAD_TYPES } from "./wire/message-types";
import { encodeOpenDataChannel } from "./wire/open-data-channel";
import { randomUuid } from "./wire/uuid";

/** The life of one tunnel: binds socket, channel, handshake, mux and time together, and decides how it ends. */
export class TunnelSession {
  private readonly ending = new Deferred<TunnelClosed>();
  private readonly opening = new Deferred<undefined>();
  private readonly stopped = new AbortController();
  private readonly handshake = new Handshake();
  private readonly channel: DataChannel;
  private readonly mux: MuxSession;
  private response: number | undefined;
  private complete = false;
  private over = false;
  private leaving = false;
  private behind = false;
  private heardAt: number;
  private pingedAt: number;
  private closing: Promise<void> | undefined;

  constructor(
    private readonly options: SessionOptions,
    private readonly socket: WebSocket,
  ) {
    const { clock, limits } = options;
    this.heardAt = this.pingedAt = clock.now();
    this.mux = new MuxSession(limits, {
      now: () => clock.now(),
      sendable: () => this.channel.pumpSoon(),
      pressure: (on) => this.press(on),
    });
    this.channel = new DataChannel(limits, clock, options.randomBytes, {
      hasData: () => this.mux.hasFrames,
      take: (bytes) => this.mux.take(bytes),
      payload: (type, payload) => this.receive(type, payload),
      acknowledged: (sequence) => this.acknowledged(sequence),
      paused: (on) => options.onEvent?.({ type: on ? "paused" : "resumed" }),
      sessionEnded: (reason) =>
        this.end("service", `The session was ended: ${reason === "" ? "no reason was given" : reason}.`),
    });
    this.listen();
  }

  /** Resolves, never rejects, when the tunnel has ended, whoever ended it. */
  get closed(): Promise<TunnelClosed> {
    return this.ending.promise;
  }

  /** Says OpenDataChannel, then waits for the handshake and the first acknowledged data. Errors: TUNNEL_*. */
  async start(): Promise<void> {
    const { tokenValue, randomBytes } = this.options;
    const identity = { requestId: randomUuid(randomBytes), clientId: randomUuid(randomBytes) };
    const text = encodeOpenDataChannel({ ...identity, tokenValue, clientVersion: CLIENT_VERSION });
    this.channel
      .opened(this.socket, text)
      .catch((error: unknown) => this.end("network", `The data channel broke: ${String(error)}.`));
    this.socket.resume();
    void this.keepTime();
    await this.opening.promise;
  }

  /** A new stream. Errors: what ended the tunnel; TUNNEL_PROTOCOL if too many are open. */
  openStream(): MuxStream {
    return this.mux.open();
  }

  /** Ends the session: flag TerminateSession, then at most `farewellMs` for the other side. */
  close(): Promise<void> {
    this.closing ??= this.leave();
    return this.closing;
  }

  /** Gives up while opening, without farewell. */
  abandon(error: SallyportError): void {
    this.finish({ by: "failure", message: error.message }, error);
    this.socket.terminate();
  }

  private async leave(): Promise<void> {
    const { clock, limits } = this.options;
    if (!this.over) {
      this.leaving = true;
      this.channel.flush();
      this.mux.close(undefined, closedHere());
      this.socket.resume();
      this.channel.send(PAYLOAD_TYPES.flag, encodeFlag(FLAGS.terminateSession));
      await Promise.race([this.closed, clock.sleep(limits.farewellMs, this.stopped.signal).catch(() => undefined)]);
      this.finish({ by: "us", message: closedHere().message }, closedHere());
    }
    await this.hangUp();
  }

  private listen(): void {
    this.socket.on("message", (data, isBinary) => {
      this.heardAt = this.options.clock.now();
      // Stray text frames mean nothing; `ws` is set to give binary ones as one Buffer.
      if (isBinary && !this.over) this.channel.receive(data as Buffer);
    });
    for (const sign of ["ping", "pong"]) this.socket.on(sign, () => (this.heardAt = this.options.clock.now()));
    this.socket.on("error", (error) => this.end("network", `The data channel broke: ${terminalText(error.message)}.`));
    this.socket.on("close", (code, reason) => {
      this.end(
        "network",
        `The data channel was closed (${code}${reason.length > 0 ? `: ${terminalText(reason.toString())}` : ""}).`,
      );
    });
  }

  private async keepTime(): Promise<void> {
    const { clock, limits } = this.options;
    const stop = (): boolean => this.over;
    while (!stop()) {
      await clock.sleep(limits.tickMs, this.stopped.signal).catch(() => undefined);
      if (stop()) return;
      this.mux.tick();
      if (!this.channel.tick()) return this.end("network", `Nothing was acknowledged for ${limits.giveUpMs / 1000} s.`);
      this.listenForLife(clock.now());
    }
  }

  private listenForLife(now: number): void {
    const { limits } = this.options;
    if (now - this.pingedAt >= limits.pingMs && this.socket.readyState === WebSocket.OPEN) {
      this.pingedAt = now;
      this.socket.ping();
    }
    // A socket that we paused ourselves says nothing.
    if (!this.behind && now - this.heardAt >= limits.silenceMs) {
      this.end("network", `Nothing was heard for ${limits.silenceMs / 1000} s.`);
    }
  }

  private receive(payloadType: number, payload: Buffer): void {
    if (this.over) return;
    if (!this.complete) return this.shakeHands(payloadType, payload);
    if (payloadType === PAYLOAD_TYPES.output) {
      const problem = this.mux.receive(payload);
      if (problem)
        this.fail(
          new SallyportError("TUNNEL_PROTOCOL", { message: `The agent's stream frames cannot be read (${problem}).` }),
        );
    } else if (payloadType === PAYLOAD_TYPES.flag && decodeFlag(payload) === FLAGS.connectToPortError) {
      this.options.onEvent?.({ type: "dial-failed" });
    }
  }

  private shakeHands(payloadType: number, payload: Buffer): void {
    const step = this.handshake.receive(payloadType, payload);
    if (step.kind === "respond") this.response = this.channel.send(PAYLOAD_TYPES.handshakeResponse, step.response);
    if (step.kind === "fail" || (step.kind === "respond" && step.problem))
      return this.fail(step.problem as SallyportError);
    if (step.kind !== "complete") return;
    this.complete = true;
    const customerMessage = terminalText(step.customerMessage);
    this.options.onEvent?.({ type: "handshake", agentVersion: terminalText(step.agentVersion), customerMessage });
    if (agentWantsKeepAlive(step.agentVersion)) this.mux.enableKeepAlive();
    this.mux.probe();
    this.channel.startData();
  }

  /** The agent acknowledges data only when its mux is up; a session that fails at its start is closed before that. */
  private acknowledged(sequence: number): void {
    if (this.complete && sequence !== this.response) this.opening.resolve(undefined);
  }

  private press(on: boolean): void {
    this.behind = on;
    this.heardAt = this.options.clock.now();
    if (on) this.socket.pause();
    else this.socket.resume();
  }

  private end(by: "service" | "network", message: string): void {
    if (this.leaving) return this.finish({ by: "us", message: closedHere().message }, closedHere());
    this.finish({ by, message }, new SallyportError("TUNNEL_CLOSED", { message }));
    void this.hangUp();
  }

  private fail(error: SallyportError): void {
    this.finish({ by: "failure", message: error.message }, error);
    void this.hangUp();
  }

  private finish(closed: TunnelClosed, error: SallyportError): void {
    if (this.over) return;
    this.over = true;
    this.stopped.abort();
    this.mux.close(closed.by === "us" ? undefined : error, error);
    this.channel.lost();
    this.opening.reject(error);
    this.ending.resolve(closed);
    this.options.onEvent?.({ type: "closed", by: closed.by, message: closed.message });
  }

  /** Closes the socket, politely at first. */
  private async hangUp(): Promise<void> {
    const { clock, limits } = this.options;
    if (this.socket.readyState === WebSocket.CLOSED) return;
    const gone = new AbortController();
    this.socket.once("close", () => gone.abort());
    this.socket.resume();
    this.socket.close(1000);
    await clock.sleep(limits.farewellMs, gone.signal).catch(() => undefined);
    this.socket.terminate();
  }
}

function closedHere(): SallyportError {
  return new SallyportError("TUNNEL_CLOSED", { message: "The tunnel was closed here.", next: "open a new one" });
}
