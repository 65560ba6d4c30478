import type { Duplex } from "node:stream";
import { violation } from "../refusal";
import { firstPacketLength, parseFirstPacket, type FirstPacket } from "./first-packet";

/** A stream that ended although more was wanted. */
export class StreamEnded extends Error {
  override readonly name = "StreamEnded";
}

/** A message after the first packet: one letter, length, body. */
export interface Message {
  /** One character, e.g. `R`. */
  readonly type: string;
  readonly body: Buffer;
  /** The message as it came, head included. */
  readonly raw: Buffer;
}

/** As much is read ahead, bytes: enough to notice that a waiting peer hangs up, too little to fill memory. */
const READ_AHEAD = 65_536;

/** Reads packets from a stream by need; what was read too much is handed on. One read at a time. */
export class MessageReader {
  private held = Buffer.alloc(0);
  private over: Error | undefined;
  private wake: (() => void) | undefined;
  private readonly onData = (chunk: Buffer): void => {
    this.held = Buffer.concat([this.held, chunk]);
    if (this.held.length >= READ_AHEAD) this.stream.pause();
    this.wake?.();
  };
  private readonly onOver = (error?: unknown): void => {
    if (this.over) return;
    this.over = error instanceof Error ? error : new StreamEnded("the connection was closed");
    this.wake?.();
    this.ended?.();
  };
  private ended: (() => void) | undefined;

  constructor(private readonly stream: Duplex) {
    stream.on("data", this.onData).on("error", this.onOver).on("end", this.onEnd).on("close", this.onEnd);
    if (stream.destroyed || stream.readableEnded) this.onOver();
    else stream.resume();
  }

  /** Calls back once, when the peer hangs up while this reads. */
  whenEnded(callback: () => void): void {
    this.ended = callback;
    if (this.over) callback();
  }

  /** The packet that begins a connection. Rejects with Refusal 08P01 or 0A000, or StreamEnded. */
  async firstPacket(): Promise<FirstPacket> {
    const length = firstPacketLength(await this.peek(4));
    return parseFirstPacket(await this.take(length));
  }

  /** The next message. Rejects with Refusal 08P01 if it is longer than `limit` (bytes, head included), or StreamEnded. */
  async message(limit: number): Promise<Message> {
    const length = (await this.peek(5)).readUInt32BE(1) + 1;
    if (length < 5 || length > limit) throw violation("invalid message length");
    const raw = await this.take(length);
    return { type: raw.toString("latin1", 0, 1), body: raw.subarray(5), raw };
  }

  /** Bytes that came and were not taken. */
  get waiting(): number {
    return this.held.length;
  }

  /** Stops reading; answers what nobody took. */
  release(): Buffer {
    this.stream.off("data", this.onData).off("error", this.onOver).off("end", this.onEnd).off("close", this.onEnd);
    this.stream.pause();
    const rest = this.held;
    this.held = Buffer.alloc(0);
    return rest;
  }

  private readonly onEnd = (): void => this.onOver();

  private async take(length: number): Promise<Buffer> {
    const taken = (await this.peek(length)).subarray(0, length);
    this.held = this.held.subarray(length);
    return taken;
  }

  private async peek(length: number): Promise<Buffer> {
    while (this.held.length < length) {
      if (this.over) throw this.over;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
        this.stream.resume();
      });
      this.wake = undefined;
    }
    return this.held;
  }
}
