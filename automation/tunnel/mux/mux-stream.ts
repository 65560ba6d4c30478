import { Duplex } from "node:stream";
import { SMUX_HEADER, encodeSmux, encodeSmuxData } from "../wire/smux-frame";

/** What a stream needs of its session. */
export interface StreamOwner {
  /** Milliseconds. */
  now(): number;
  /** The stream has frames to send. */
  sendable(stream: MuxStream): void;
  /** The reader took something. */
  drained(): void;
  /** Nothing more comes of it; frames that it still has are sent. */
  gone(stream: MuxStream): void;
}

/** Bytes that a writer may be ahead: the next chunk must be at hand when one is used up, so that messages are full. */
const WRITE_AHEAD = 128 * 1024;

/**
 * One connection inside the mux, as a Duplex. Writes are held until they are sent (back-pressure); what arrives waits in the
 * readable side. smux knows no half-close: after the peer's end everything written is dropped, and the local end is announced
 * only when no reply came for a while (`flushHalfClose`).
 */
export class MuxStream extends Duplex {
  private synDue = true;
  private finDue = false;
  private finSent = false;
  private peerEnded = false;
  private peerFirst = false;
  private chunk: Buffer | undefined;
  private written: ((error?: Error | null) => void) | undefined;
  private endedAt: number | undefined;

  constructor(
    readonly streamId: number,
    private readonly owner: StreamOwner,
  ) {
    super({ allowHalfOpen: false, writableHighWaterMark: WRITE_AHEAD });
    // A tunnel may fail under a stream whose user has gone: that must not end the process.
    this.on("error", () => undefined);
  }

  /** The far side ended it before we did. */
  get endedByPeer(): boolean {
    return this.peerFirst;
  }

  /** Whether it has something to send. */
  get hasFrames(): boolean {
    return this.synDue || this.finDue || this.chunk !== undefined;
  }

  /** The next frames, at most `bytes` of them, headers included. */
  takeFrames(bytes: number): Buffer[] {
    const frames: Buffer[] = [];
    let room = bytes;
    const say = (command: "syn" | "fin"): void => {
      frames.push(encodeSmux(command, this.streamId));
      room -= SMUX_HEADER;
    };
    if (this.synDue) say("syn");
    this.synDue = false;
    while (this.chunk && room > SMUX_HEADER) {
      const data = this.chunk.subarray(0, room - SMUX_HEADER);
      room -= SMUX_HEADER + data.length;
      frames.push(...encodeSmuxData(this.streamId, data));
      const rest = this.chunk.subarray(data.length);
      if (rest.length > 0) this.chunk = rest;
      // The writer's next chunk may be here at once.
      else this.finishWrite();
    }
    if (this.finDue && !this.chunk && room >= SMUX_HEADER) {
      say("fin");
      this.finDue = false;
      this.finSent = true;
    }
    return frames;
  }

  /** Data from the peer. */
  receive(data: Buffer): void {
    if (this.destroyed || this.peerEnded || this.finSent) return;
    if (this.endedAt !== undefined) this.endedAt = this.owner.now();
    this.push(data);
  }

  /** The peer closed the whole stream: what it sent before can still be read. */
  receiveEnd(): void {
    if (this.peerEnded || this.destroyed) return;
    this.peerEnded = true;
    this.peerFirst = this.endedAt === undefined && !this.finSent && !this.finDue;
    this.finishWrite();
    this.push(null);
  }

  /** Announces a local end that is `quietMs` old and saw no reply since; reading ends with it. */
  flushHalfClose(now: number, quietMs: number): void {
    if (this.endedAt === undefined || now - this.endedAt < quietMs || this.finDue || this.finSent || this.peerEnded)
      return;
    this.announceEnd();
    this.push(null);
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, written: (error?: Error | null) => void): void {
    if (this.peerEnded || chunk.length === 0) return written();
    this.chunk = chunk;
    this.written = written;
    this.owner.sendable(this);
  }

  override _final(done: (error?: Error | null) => void): void {
    this.endedAt = this.owner.now();
    done();
  }

  override _read(): void {
    // What is being read now is still counted: ask when it is gone.
    process.nextTick(() => this.owner.drained());
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.chunk = undefined;
    this.written = undefined;
    // One that was never announced needs no end either, or the agent would dial for nothing.
    if (this.synDue) this.synDue = false;
    else this.announceEnd();
    this.owner.gone(this);
    done(error);
  }

  private announceEnd(): void {
    if (this.finSent || this.finDue) return;
    this.finDue = true;
    this.owner.sendable(this);
  }

  private finishWrite(): void {
    const written = this.written;
    this.chunk = undefined;
    this.written = undefined;
    written?.();
  }
}
