/** How many frames may go out. */
export interface PacerLimits {
  readonly framesPerSecond: number;
  readonly frameBurst: number;
  /** Of data, even when acknowledgements use up everything else. */
  readonly reservedDataFrames: number;
}

/**
 * A token bucket for outgoing frames: the gateway closes or pauses channels that send more than about 1,000 a second.
 * Acknowledgements count and never wait; data waits for what they leave, but always has a small share of its own.
 */
export class Pacer {
  private shared: number;
  private reserved = 1;

  constructor(
    private readonly limits: PacerLimits,
    private at: number,
  ) {
    this.shared = limits.frameBurst;
  }

  /** An acknowledgement or a resend goes out at once. */
  spend(now: number): void {
    this.refill(now);
    this.shared = Math.max(0, this.shared - 1);
  }

  /** Whether one data frame may go now; if so it is counted. */
  tryData(now: number): boolean {
    this.refill(now);
    if (this.shared >= 1) this.shared -= 1;
    else if (this.reserved >= 1) this.reserved -= 1;
    else return false;
    return true;
  }

  /** Milliseconds until the next data frame may go, if nothing else happens; at least 1. */
  waitMs(now: number): number {
    this.refill(now);
    const shared = ((1 - this.shared) * 1000) / this.limits.framesPerSecond;
    const reserved = ((1 - this.reserved) * 1000) / this.limits.reservedDataFrames;
    return Math.max(1, Math.ceil(Math.min(shared, reserved)));
  }

  private refill(now: number): void {
    const seconds = Math.max(0, now - this.at) / 1000;
    this.at = now;
    this.shared = Math.min(this.limits.frameBurst, this.shared + seconds * this.limits.framesPerSecond);
    this.reserved = Math.min(1, this.reserved + seconds * this.limits.reservedDataFrames);
  }
}
