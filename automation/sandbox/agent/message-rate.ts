/** What the gateway does about a client's rate of messages. */
export type RateVerdict = "pause" | "start" | "close";

/** Ticks of the gateway (about 100 ms each) that make a second. */
const TICKS_PER_SECOND = 10;
/** Seconds in a row above the limit at which the socket is closed; the first of them gets a pause. */
const SECONDS_UNTIL_CLOSE = 3;

/**
 * Counts a client's messages: a second above the limit is answered by a pause, the third in a row by a close, a second below it by a
 * start. (AWS's own figures are not documented; clients report about 1,000 a second, then pause or close.)
 */
export class MessageRate {
  private count = 0;
  private ticks = 0;
  private over = 0;

  constructor(private readonly limit: () => number) {}

  message(): void {
    this.count += 1;
  }

  /** To be called about every 100 ms. */
  tick(): RateVerdict | undefined {
    this.ticks += 1;
    if (this.ticks < TICKS_PER_SECOND) return undefined;
    const exceeds = this.limit() > 0 && this.count > this.limit();
    this.ticks = this.count = 0;
    if (!exceeds) {
      const paused = this.over > 0;
      this.over = 0;
      return paused ? "start" : undefined;
    }
    this.over += 1;
    if (this.over === 1) return "pause";
    return this.over >= SECONDS_UNTIL_CLOSE ? "close" : undefined;
  }
}
