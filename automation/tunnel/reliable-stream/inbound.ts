/** A sequenced message, as far as ordering needs it. */
export interface Sequenced {
  readonly sequence: number;
  readonly payload: Buffer;
}

/** Bounds of the receiving half. */
export interface InboundLimits {
  readonly reorderMessages: number;
  readonly reorderBytes: number;
}

/** What to do with a message that arrived. */
export interface InboundVerdict<T> {
  /** Whether to acknowledge *this* message. */
  readonly acknowledge: boolean;
  /** What is now complete and in order: this one and successors that waited (these were acknowledged before). */
  readonly deliver: readonly T[];
}

/**
 * The receiving half of an ordered reliable stream. An acknowledged message is a promise: it is kept until the gap before it
 * closes. Old ones are acknowledged again, because the first acknowledgement may be lost and agents resend without limit; what
 * finds no room is not acknowledged, and so comes again.
 */
export class Inbound<T extends Sequenced> {
  private expected = 0;
  private readonly early = new Map<number, T>();
  private earlyBytes = 0;
  /** Messages that came more than once so far. */
  duplicates = 0;

  constructor(private readonly limits: InboundLimits) {}

  get buffered(): number {
    return this.early.size;
  }

  receive(message: T): InboundVerdict<T> {
    if (message.sequence < this.expected || this.early.has(message.sequence)) {
      this.duplicates += 1;
      return { acknowledge: true, deliver: [] };
    }
    if (message.sequence > this.expected) return { acknowledge: this.keep(message), deliver: [] };
    const deliver = [message];
    this.expected += 1;
    for (let next = this.early.get(this.expected); next; next = this.early.get(this.expected)) {
      this.early.delete(this.expected);
      this.earlyBytes -= next.payload.length;
      deliver.push(next);
      this.expected += 1;
    }
    return { acknowledge: true, deliver };
  }

  private keep(message: T): boolean {
    const full =
      this.early.size >= this.limits.reorderMessages ||
      this.earlyBytes + message.payload.length > this.limits.reorderBytes;
    if (full) return false;
    this.early.set(message.sequence, message);
    this.earlyBytes += message.payload.length;
    return true;
  }
}
