import { initialRoundTrip, resendDelay, sampleRoundTrip, type RoundTrip, type RtoBounds } from "./round-trip";

/** Bounds of the sending half. */
export interface OutboundLimits extends RtoBounds {
  readonly windowMessages: number;
  readonly windowBytes: number;
  readonly resendBurst: number;
}

/** Makes the frame of a message; the same bytes are sent again if need be. */
export type FrameOf = (sequence: number, payloadType: number, payload: Buffer) => Buffer;

interface Unacknowledged {
  readonly frame: Buffer;
  sentAt: number;
  resends: number;
  /** Its acknowledgement tells the round-trip time: it was sent once, and could be heard ever since. */
  timed: boolean;
}

/**
 * The sending half of an ordered reliable stream: numbers messages, keeps each until its own acknowledgement arrives (selective,
 * never cumulative), says which are due again. Knows neither sockets nor timers: the caller gives the time with every event.
 */
export class Outbound {
  private next = 0;
  private readonly waiting = new Map<number, Unacknowledged>();
  private waitingBytes = 0;
  private roundTrip: RoundTrip;
  private progressAt: number;
  private pausedAt: number | undefined;
  /** Numbers that a new socket must carry again, in order. */
  private replay: number[] = [];
  /** Frames sent again so far. */
  resent = 0;

  constructor(
    private readonly frameOf: FrameOf,
    private readonly limits: OutboundLimits,
    now: number,
  ) {
    this.roundTrip = initialRoundTrip(limits);
    this.progressAt = now;
  }

  /** Whether new data may go: inside the window and not paused. Handshake and flags may always. */
  get open(): boolean {
    return (
      this.pausedAt === undefined &&
      this.replay.length === 0 &&
      this.waiting.size < this.limits.windowMessages &&
      this.waitingBytes < this.limits.windowBytes
    );
  }

  /** Messages sent so far. */
  get sent(): number {
    return this.next;
  }

  get unacknowledged(): number {
    return this.waiting.size;
  }

  /** Stores a message, then answers its frame to send and its number. */
  send(payloadType: number, payload: Buffer, now: number): { readonly sequence: number; readonly frame: Buffer } {
    const sequence = this.next++;
    const frame = this.frameOf(sequence, payloadType, payload);
    if (this.waiting.size === 0) this.progressAt = this.pausedAt ?? now;
    this.waiting.set(sequence, { frame, sentAt: now, resends: 0, timed: true });
    this.waitingBytes += frame.length;
    return { sequence, frame };
  }

  /** One message arrived at the other side. Unknown numbers are ignored: an acknowledgement may come twice. */
  acknowledge(sequence: number, now: number): boolean {
    const message = this.waiting.get(sequence);
    if (!message) return false;
    this.waiting.delete(sequence);
    this.waitingBytes -= message.frame.length;
    this.progressAt = this.pausedAt ?? now;
    if (message.timed) this.roundTrip = sampleRoundTrip(this.roundTrip, now - message.sentAt, this.limits);
    return true;
  }

  /** The frames to send again now: of the oldest few, those whose time is up. None while paused or replaying. */
  due(now: number): Buffer[] {
    if (this.pausedAt !== undefined || this.replay.length > 0) return [];
    const frames: Buffer[] = [];
    let looked = 0;
    for (const message of this.waiting.values()) {
      if (looked++ >= this.limits.resendBurst) break;
      if (now - message.sentAt < resendDelay(this.roundTrip.rto, message.resends, this.limits)) continue;
      message.sentAt = now;
      message.resends += 1;
      message.timed = false;
      frames.push(message.frame);
    }
    this.resent += frames.length;
    return frames;
  }

  /** A new socket: what is not acknowledged must go again, in order (`nextReplay`); of its round-trip time nothing is known. */
  reattach(now: number): void {
    this.replay = [...this.waiting.keys()];
    this.roundTrip = initialRoundTrip(this.limits);
    this.progressAt = this.pausedAt ?? now;
  }

  /** Whether `nextReplay` may have something. */
  get replaying(): boolean {
    return this.replay.length > 0 && this.pausedAt === undefined;
  }

  /** The next frame that the new socket must carry again; undefined when all have gone or been acknowledged meanwhile. */
  nextReplay(now: number): Buffer | undefined {
    for (let sequence = this.replay.shift(); sequence !== undefined; sequence = this.replay.shift()) {
      const message = this.waiting.get(sequence);
      if (!message) continue;
      message.sentAt = now;
      message.resends += 1;
      message.timed = false;
      this.resent += 1;
      return message.frame;
    }
    return undefined;
  }

  /** `ms` until now in which no acknowledgement could be heard, e.g. a laptop's sleep: none was late, and nothing is due by them. */
  skip(ms: number, now: number): void {
    this.progressAt = Math.min(this.pausedAt ?? now, this.progressAt + ms);
    for (const message of this.waiting.values()) {
      message.sentAt = Math.min(now, message.sentAt + ms);
      message.timed = false;
    }
  }

  /** Milliseconds without any acknowledgement while something waits for one; time spent paused does not count. */
  stalledFor(now: number): number {
    return this.waiting.size === 0 ? 0 : (this.pausedAt ?? now) - this.progressAt;
  }

  /** The other end is not attached: hold everything. */
  pause(now: number): void {
    this.pausedAt ??= now;
  }

  /** The other end is back. */
  resume(now: number): void {
    if (this.pausedAt === undefined) return;
    this.progressAt += now - this.pausedAt;
    this.pausedAt = undefined;
  }
}
