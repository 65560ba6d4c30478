import { SallyportError } from "../../core/errors";
import { SMUX_HEADER, SmuxDecoder, encodeSmux, type SmuxProblem } from "../wire/smux-frame";
import { MuxStream, type StreamOwner } from "./mux-stream";
import { Watchdog } from "./watchdog";

/** Bounds of a mux session; see TunnelLimits. */
export interface MuxLimits {
  readonly frameBytes: number;
  readonly maxStreams: number;
  readonly receiveBytes: number;
  readonly stallMs: number;
  readonly halfCloseMs: number;
  readonly keepAliveMs: number;
  readonly watchdogMs: number;
  readonly watchdogAnswerMs: number;
}

/** What a session tells its carrier. */
export interface MuxCarrier {
  /** Milliseconds. */
  now(): number;
  /** `take` has something. */
  sendable(): void;
  /** Readers are behind (`true`): stop bringing data; caught up (`false`): go on. */
  pressure(on: boolean): void;
  /** Whether the agent has acknowledged everything that was taken. */
  delivered(): boolean;
}

interface Watched {
  readonly stream: MuxStream;
  length: number;
  movedAt: number;
}

/**
 * The client's side of smux v1: many streams over one ordered byte stream. Ids are odd and rise from 3 (as the reference plugin's);
 * none is used twice. Frames are taken round-robin, so that a big stream does not starve small ones.
 */
export class MuxSession implements StreamOwner {
  private readonly decoder = new SmuxDecoder();
  private readonly streams = new Map<number, Watched>();
  private readonly queue = new Set<MuxStream>();
  private lastId = 1;
  private pressed = false;
  private readonly control: Buffer[] = [];
  private readonly watchdog: Watchdog;
  private nopAt: number;
  private keepAlive = false;
  private closedWith: Error | undefined;
  /** Data bytes received so far. */
  receivedBytes = 0;

  constructor(
    private readonly limits: MuxLimits,
    private readonly carrier: MuxCarrier,
  ) {
    this.nopAt = carrier.now();
    this.watchdog = new Watchdog(limits);
  }

  /** Bytes that arrived and were not read yet, of all streams. */
  get bufferedBytes(): number {
    let bytes = 0;
    for (const { stream } of this.streams.values()) bytes += stream.readableLength;
    return bytes;
  }

  get openStreams(): number {
    return this.streams.size;
  }

  /** Agents up to 3.1.1511.0 close a session in which they hear nothing for 30 s; newer ones must not get keep-alives. */
  enableKeepAlive(): void {
    this.keepAlive = true;
  }

  /** Sends one NOP: nothing for the peer to do, but its acknowledgement proves that a mux listens. */
  probe(): void {
    this.say(encodeSmux("nop", 0));
  }

  /** Readers are behind. */
  get behind(): boolean {
    return this.pressed;
  }

  /** A new stream. There is no answer to its opening: a failed dial shows as its end. Errors: TUNNEL_CLOSED, TUNNEL_PROTOCOL. */
  open(): MuxStream {
    if (this.closedWith) throw this.closedWith;
    if (this.streams.size >= this.limits.maxStreams) {
      throw new SallyportError("TUNNEL_PROTOCOL", {
        message: `${this.limits.maxStreams} streams are open in this tunnel, which is the limit.`,
      });
    }
    this.lastId += 2;
    const stream = new MuxStream(this.lastId, this);
    this.streams.set(stream.streamId, { stream, length: 0, movedAt: this.now() });
    this.sendable(stream);
    return stream;
  }

  /** Bytes from the agent, in order. Answers what is wrong with them: then the session is dead. */
  receive(bytes: Buffer): SmuxProblem | undefined {
    const { events, problem } = this.decoder.push(bytes);
    this.watchdog.heard();
    for (const event of events) {
      // A late frame of a closed stream is normal; a NOP or SYN from the agent asks for nothing.
      const stream = this.streams.get(event.streamId)?.stream;
      if (event.kind === "data") {
        this.receivedBytes += event.data.length;
        stream?.receive(event.data);
      } else if (event.kind === "fin") stream?.receiveEnd();
      else if (event.kind === "nop") this.keepAlive = true;
    }
    this.judgePressure();
    return problem;
  }

  get hasFrames(): boolean {
    return this.control.length > 0 || this.queue.size > 0;
  }

  /** At most `bytes` of frames to send, headers included; `undefined` if there are none. */
  take(bytes: number): Buffer | undefined {
    const frames: Buffer[] = this.control.splice(0);
    let size = frames.reduce((sum, frame) => sum + frame.length, 0);
    if (this.queue.size > 0) this.watchdog.said(this.now());
    for (const stream of this.queue) {
      if (size + SMUX_HEADER >= bytes) break;
      this.queue.delete(stream);
      for (const frame of stream.takeFrames(Math.min(this.limits.frameBytes, bytes - size))) {
        frames.push(frame);
        size += frame.length;
      }
      if (stream.hasFrames) this.queue.add(stream);
    }
    return frames.length === 0 ? undefined : Buffer.concat(frames);
  }

  /** Time passes: half-closes, keep-alives, stalled readers. Answers whether the agent's mux still gives signs of life. */
  tick(): boolean {
    const now = this.now();
    for (const watched of this.streams.values()) {
      watched.stream.flushHalfClose(now, this.limits.halfCloseMs);
      if (!this.pressed || watched.stream.readableLength < watched.length) watched.movedAt = now;
      watched.length = watched.stream.readableLength;
    }
    this.judgePressure();
    if (this.pressed) this.endStalled(now);
    if (this.keepAlive && now - this.nopAt >= this.limits.keepAliveMs) {
      this.nopAt = now;
      this.probe();
    }
    return this.watch(now);
  }

  /** Time that nobody lived through, e.g. a laptop's sleep, milliseconds: nobody was late in it. */
  skip(ms: number): void {
    for (const watched of this.streams.values()) watched.movedAt += ms;
    this.watchdog.skip(ms);
  }

  /** Ends all streams, with `error` if the tunnel failed under them; opening another fails with it. */
  close(error: Error | undefined, refusal: Error): void {
    this.closedWith ??= refusal;
    for (const { stream } of [...this.streams.values()]) stream.destroy(error);
  }

  now(): number {
    return this.carrier.now();
  }

  sendable(stream: MuxStream): void {
    this.queue.add(stream);
    this.carrier.sendable();
  }

  drained(): void {
    if (this.pressed) this.judgePressure();
  }

  gone(stream: MuxStream): void {
    this.streams.delete(stream.streamId);
    this.drained();
  }

  /** A stream that is opened and ended at once: a mux that lives answers with its end, after one dial. */
  private watch(now: number): boolean {
    const verdict = this.watchdog.judge(now, this.streams.size > 0, this.carrier.delivered());
    if (verdict === "ask") {
      this.lastId += 2;
      this.say(Buffer.concat([encodeSmux("syn", this.lastId), encodeSmux("fin", this.lastId)]));
    }
    return verdict !== "dead";
  }

  private say(frame: Buffer): void {
    this.control.push(frame);
    this.carrier.sendable();
  }

  private judgePressure(): void {
    const limit = this.pressed ? this.limits.receiveBytes / 2 : this.limits.receiveBytes;
    const pressed = this.bufferedBytes > limit;
    if (pressed === this.pressed) return;
    this.pressed = pressed;
    this.carrier.pressure(pressed);
  }

  /** The fullest stream holds up all others: if nobody reads it, it goes. */
  private endStalled(now: number): void {
    const fullest = [...this.streams.values()].sort((a, b) => b.length - a.length)[0];
    if (!fullest || fullest.length === 0 || now - fullest.movedAt < this.limits.stallMs) return;
    const seconds = this.limits.stallMs / 1000;
    fullest.stream.destroy(
      new SallyportError("TUNNEL_CLOSED", {
        message: `A stream held ${fullest.length} bytes that nobody read for ${seconds} s, and was ended.`,
      }),
    );
  }
}
