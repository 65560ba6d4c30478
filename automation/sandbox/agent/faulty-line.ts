import type { LineFaults } from "./agent-knobs";

/**
 * One direction of a line that loses, doubles and delays frames as its knobs say; they may change while it runs.
 * Without faults a frame is delivered at once.
 */
export class FaultyLine {
  private readonly held = new Set<NodeJS.Timeout>();

  constructor(
    private readonly faults: LineFaults,
    private readonly randomBytes: (size: number) => Buffer,
    private readonly deliver: (frame: Buffer) => void,
  ) {}

  send(frame: Buffer): void {
    const { drop, duplicate } = this.faults;
    if (drop > 0 && this.chance() < drop) return;
    this.pass(frame);
    if (duplicate > 0 && this.chance() < duplicate) this.pass(frame);
  }

  /** Forgets what is still on its way. */
  close(): void {
    for (const timer of this.held) clearTimeout(timer);
    this.held.clear();
  }

  private pass(frame: Buffer): void {
    const { jitterMs } = this.faults;
    if (jitterMs === 0) return this.deliver(frame);
    const timer = setTimeout(() => {
      this.held.delete(timer);
      this.deliver(frame);
    }, this.chance() * jitterMs);
    this.held.add(timer);
  }

  private chance(): number {
    return this.randomBytes(4).readUInt32BE(0) / 2 ** 32;
  }
}
