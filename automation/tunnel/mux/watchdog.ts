/** Times of a watchdog, milliseconds. */
export interface WatchdogLimits {
  readonly watchdogMs: number;
  readonly watchdogAnswerMs: number;
}

/**
 * Finds out that the agent's mux is dead while its session lives: it then acknowledges and says nothing. That happens when the agent
 * takes one message twice after its own socket was cut (amazon-ssm-agent, `datachannel.go`: it processes before it acknowledges).
 * Silence alone proves nothing, for a query may run for hours: so a sign of life is asked for, and only a delivered question
 * without an answer is death.
 */
export class Watchdog {
  /** Since when something was said without anything being heard after it. */
  private waitingSince: number | undefined;
  private askedAt: number | undefined;
  private quietUntil = 0;

  constructor(private readonly limits: WatchdogLimits) {}

  /** Stream frames went out. */
  said(now: number): void {
    this.waitingSince ??= now;
  }

  /** Anything came from the mux. */
  heard(): void {
    this.waitingSince = this.askedAt = undefined;
  }

  /** Time that nobody lived through. */
  skip(ms: number): void {
    if (this.waitingSince !== undefined) this.waitingSince += ms;
    if (this.askedAt !== undefined) this.askedAt += ms;
  }

  /**
   * `ask`: send the question now. `dead`: it was delivered and is unanswered. `delivered` is whether the agent has acknowledged
   * everything: what it has not taken it cannot answer, and it takes nothing while a destination does not read.
   */
  judge(now: number, streamsOpen: boolean, delivered: boolean): "fine" | "ask" | "dead" {
    if (this.askedAt !== undefined) {
      if (!delivered) this.askedAt = now;
      return now - this.askedAt >= this.limits.watchdogAnswerMs ? "dead" : "fine";
    }
    const due = this.waitingSince !== undefined && now - this.waitingSince >= this.limits.watchdogMs;
    if (!due || !streamsOpen || !delivered || now < this.quietUntil) return "fine";
    this.askedAt = now;
    // The question costs a dial at the database: a long query is not asked about again and again.
    this.quietUntil = now + 10 * this.limits.watchdogMs;
    return "ask";
  }
}
