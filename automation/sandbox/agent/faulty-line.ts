import type { LineFaults } from "./agent-knobs";

/** How long a frame waits at most for the one that is to overtake it, milliseconds. */
const OVERTAKEN_WITHIN_MS = 30;
/** Where a message's payload begins (see AgentMessage). */
const PAYLOAD_AT = 120;

/**
 * One direction of a line that loses, doubles, spoils, swaps and delays frames as its knobs say; they may change while it runs.
 * Without faults a frame is delivered at once.
 */
export class FaultyLine {
  private readonly timers = new Set<NodeJS.Timeout>();
  /** Delivers the frame that waits to be overtaken. */
  private overtaken: (() => void) | undefined;

  constructor(
    private readonly faults: LineFaults,
    private readonly randomBytes: (size: number) => Buffer,
    private readonly deliver: (frame: Buffer) => void,
  ) {}

  send(frame: Buffer): void {
    const { drop, duplicate, reorder, corrupt } = this.faults;
    if (this.happens(drop)) return;
    const sent = this.happens(corrupt) ? this.spoiled(frame) : frame;
    if (!this.overtaken && this.happens(reorder)) return this.hold(sent);
    this.pass(sent);
    if (this.happens(duplicate)) this.pass(sent);
    this.overtaken?.();
  }

  /** Forgets what is still on its way. */
  close(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
    this.overtaken = undefined;
  }

  private hold(frame: Buffer): void {
    const go = (): void => {
      this.overtaken = undefined;
      this.pass(frame);
    };
    const timer = this.later(OVERTAKEN_WITHIN_MS, go);
    this.overtaken = () => {
      clearTimeout(timer);
      this.timers.delete(timer);
      go();
    };
  }

  private pass(frame: Buffer): void {
    const { delayMs, jitterMs } = this.faults;
    if (delayMs === 0 && jitterMs === 0) return this.deliver(frame);
    this.later(delayMs + (jitterMs === 0 ? 0 : this.chance() * jitterMs), () => this.deliver(frame));
  }

  private later(ms: number, run: () => void): NodeJS.Timeout {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      run();
    }, ms);
    this.timers.add(timer);
    return timer;
  }

  /**
   * One byte of the payload is another one. Not of the header: no digest covers it, so neither end can notice a spoilt sequence
   * number and what comes of it (below them is TLS, which does).
   */
  private spoiled(frame: Buffer): Buffer {
    const copy = Buffer.from(frame);
    const from = copy.length > PAYLOAD_AT ? PAYLOAD_AT : 0;
    const at = from + Math.floor(this.chance() * (copy.length - from));
    // Any other value than its own.
    if (copy.length > 0) copy[at] = ((copy[at] ?? 0) + 1 + Math.floor(this.chance() * 255)) % 256;
    return copy;
  }

  private happens(rate: number): boolean {
    return rate > 0 && this.chance() < rate;
  }

  private chance(): number {
    return this.randomBytes(4).readUInt32BE(0) / 2 ** 32;
  }
}
