import type { Duplex } from "node:stream";

/** Reads a stream by need; what was read too much is handed on. One read at a time. */
export class ByteReader {
  private held = Buffer.alloc(0);
  private over: Error | undefined;
  private wake: (() => void) | undefined;
  private readonly onData = (chunk: Buffer): void => {
    this.held = Buffer.concat([this.held, chunk]);
    this.stream.pause();
    this.wake?.();
  };
  private readonly onOver = (): void => {
    this.over ??= new Error("the connection was closed");
    this.wake?.();
  };

  constructor(private readonly stream: Duplex) {
    stream.on("data", this.onData).on("end", this.onOver).on("close", this.onOver).on("error", this.onOver);
    stream.pause();
  }

  /** The next `length` bytes. Rejects when the stream ends before. */
  async take(length: number): Promise<Buffer> {
    await this.fill(length);
    const taken = this.held.subarray(0, length);
    this.held = this.held.subarray(length);
    return taken;
  }

  /** The next `length` bytes without taking them. */
  async peek(length: number): Promise<Buffer> {
    await this.fill(length);
    return this.held.subarray(0, length);
  }

  /** Stops reading; answers what nobody took. */
  release(): Buffer {
    this.stream.off("data", this.onData).off("end", this.onOver).off("close", this.onOver).off("error", this.onOver);
    const rest = this.held;
    this.held = Buffer.alloc(0);
    return rest;
  }

  private async fill(length: number): Promise<void> {
    while (this.held.length < length) {
      if (this.over) throw this.over;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
        this.stream.resume();
      });
      this.wake = undefined;
    }
  }
}
