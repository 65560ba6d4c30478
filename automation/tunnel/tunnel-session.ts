import type WebSocket from "ws";
import { asSallyportError, SallyportError } from "../core/errors";
import { terminalText } from "../core/terminal-text";
import { agentWantsKeepAlive } from "./agent-version";
import { closedHere } from "./closed-here";
import { DataChannel } from "./data-channel";
import { Deferred } from "./deferred";
import { CLIENT_VERSION, Handshake } from "./handshake";
import { Line } from "./line";
import { MuxSession } from "./mux/mux-session";
import type { MuxStream } from "./mux/mux-stream";
import { restore } from "./restore";
import type { SessionOptions, TunnelClosed, TunnelLoad } from "./tunnel";
import { decodeFlag, encodeFlag } from "./wire/flag";
import { FLAGS, PAYLOAD_TYPES } from "./wire/message-types";
import { encodeOpenDataChannel } from "./wire/open-data-channel";
import { randomUuid } from "./wire/uuid";

/**
 * The life of one session: binds line, channel, handshake, mux and time together, and decides how it ends. A lost line suspends it:
 * streams, numbers and what was not acknowledged are kept, and go on over the line that ResumeSession leads to.
 */
export class TunnelSession {
  private readonly ending = new Deferred<TunnelClosed>();
  private readonly opening = new Deferred<undefined>();
  private readonly stopped = new AbortController();
  private readonly handshake = new Handshake();
  private readonly channel: DataChannel;
  private readonly mux: MuxSession;
  private readonly clientId: string;
  private line: Line | undefined;
  private streamUrl: string;
  private response: number | undefined;
  private complete = false;
  private ready = false;
  private failedDials = 0;
  private over = false;
  private leaving = false;
  private closing: Promise<void> | undefined;

  constructor(
    private readonly options: SessionOptions,
    private readonly firstSocket: WebSocket,
  ) {
    const { clock, limits } = options;
    this.streamUrl = options.streamUrl;
    this.clientId = randomUuid(options.randomBytes);
    this.mux = new MuxSession(limits, {
      now: () => clock.now(),
      sendable: () => this.channel.pumpSoon(),
      pressure: (on) => this.line?.hold(on),
      delivered: () => this.channel.unacknowledged === 0,
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
  }

  /** Resolves, never rejects, when the tunnel has ended, whoever ended it. */
  get closed(): Promise<TunnelClosed> {
    return this.ending.promise;
  }

  get load(): TunnelLoad {
    return {
      ready: this.ready && !this.over && this.line !== undefined,
      streams: this.mux.openStreams,
      receivedBytes: this.mux.receivedBytes,
      messages: this.channel.messages,
      failedDials: this.failedDials,
      stalledMs: this.channel.stalledMs,
      pressed: this.mux.behind,
    };
  }

  /** Says OpenDataChannel, then waits for the handshake and the first acknowledged data. Errors: TUNNEL_*. */
  async start(): Promise<void> {
    this.attach(this.firstSocket, this.options.tokenValue);
    void this.keepTime();
    await this.opening.promise;
    this.ready = true;
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
    this.line?.cut();
  }

  private attach(socket: WebSocket, tokenValue: string): void {
    const { clock, limits, randomBytes } = this.options;
    const line = new Line(socket, limits, clock, {
      frame: (frame) => this.channel.receive(frame),
      lost: (reason) => this.suspend(reason),
    });
    this.line = line;
    const identity = { requestId: randomUuid(randomBytes), clientId: this.clientId };
    const text = encodeOpenDataChannel({ ...identity, tokenValue, clientVersion: CLIENT_VERSION });
    // A socket that fails under its first frame is a lost line, and said by it.
    this.channel.opened(line, text).catch(() => line.prove());
    // It was paused until somebody listened. Readers may still be behind.
    line.hold(this.mux.behind);
  }

  /** The line is gone. Before the tunnel was ready that is a failed opening; after it, nothing is lost yet. */
  private suspend(reason: string): void {
    const { resume } = this.options;
    this.line = undefined;
    if (!this.ready || this.leaving || !resume) return this.end("network", reason);
    this.channel.lost();
    this.options.onEvent?.({ type: "suspended", message: reason });
    void this.restore(resume).catch((thrown: unknown) => {
      if (!this.over) this.end("network", `${asSallyportError(thrown).message} Before that: ${reason}`);
    });
  }

  private async restore(resume: NonNullable<SessionOptions["resume"]>): Promise<void> {
    const { clock } = this.options;
    const since = clock.now();
    const { socket, access, attempts } = await restore({
      ...this.options,
      resume,
      streamUrl: this.streamUrl,
      signal: this.stopped.signal,
      report: (event) => this.options.onEvent?.(event),
    });
    if (this.over) return socket.terminate();
    this.streamUrl = access.streamUrl;
    this.attach(socket, access.tokenValue);
    this.options.onEvent?.({ type: "restored", attempts, afterMs: clock.now() - since });
  }

  private async leave(): Promise<void> {
    const { clock, limits } = this.options;
    const { line } = this;
    if (!this.over) {
      this.leaving = true;
      this.channel.flush();
      this.mux.close(undefined, closedHere());
      line?.hold(false);
      this.channel.send(PAYLOAD_TYPES.flag, encodeFlag(FLAGS.terminateSession));
      // Without a line there is nobody to wait for.
      if (line)
        await Promise.race([this.closed, clock.sleep(limits.farewellMs, this.stopped.signal).catch(() => undefined)]);
      this.finish({ by: "us", message: closedHere().message }, closedHere());
    }
    await line?.hangUp();
  }

  private async keepTime(): Promise<void> {
    const { clock, limits } = this.options;
    const stop = (): boolean => this.over;
    while (!stop()) {
      const before = clock.now();
      await clock.sleep(limits.tickMs, this.stopped.signal).catch(() => undefined);
      if (stop()) return;
      const late = clock.now() - before - limits.tickMs;
      if (late >= limits.sleepGapMs) this.wakeUp(late);
      if (!this.mux.tick()) {
        const message = `The agent acknowledged, but its streams gave no sign of life for ${limits.watchdogAnswerMs / 1000} s.`;
        return this.fail(new SallyportError("TUNNEL_TIMEOUT", { message }));
      }
      if (!this.channel.tick(this.line?.hearing ?? true))
        return this.end("network", `Nothing was acknowledged for ${limits.giveUpMs / 1000} s.`);
      this.line?.tick();
    }
  }

  /** The machine slept: nobody was late in that time, and the line must prove that it outlived it. */
  private wakeUp(ms: number): void {
    this.channel.skip(ms);
    this.mux.skip(ms);
    this.line?.prove();
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
      this.failedDials += 1;
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

  private end(by: "service" | "network", message: string): void {
    if (this.leaving) return this.finish({ by: "us", message: closedHere().message }, closedHere());
    this.finish({ by, message }, new SallyportError("TUNNEL_CLOSED", { message }));
    void this.line?.hangUp();
  }

  private fail(error: SallyportError): void {
    this.finish({ by: "failure", message: error.message }, error);
    void this.line?.hangUp();
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
}
