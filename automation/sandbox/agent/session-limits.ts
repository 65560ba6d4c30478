import type { Clocks } from "../account/clocks";
import type { AgentKnobs } from "./agent-knobs";

/** What the limits need of the knobs. */
export type LimitKnobs = Pick<AgentKnobs, "idleMinutes" | "maxMinutes" | "rotateMinutes" | "leastLimitMs">;

/**
 * The time limits of a session and of its client's socket, on AWS's clock. The knobs are read at each question, so that a limit
 * that changes binds what runs.
 */
export class SessionLimits {
  private readonly began: number;
  private lastData: number;

  constructor(
    private readonly clocks: Pick<Clocks, "work" | "realDelay">,
    private readonly knobs: LimitKnobs,
  ) {
    this.began = this.lastData = clocks.work();
  }

  /** Stream data went through, in either direction: only that counts as use. */
  used(): void {
    this.lastData = this.clocks.work();
  }

  /** Why the session is over by now, for the user; undefined if it is not. */
  over(): string | undefined {
    if (this.isPast(this.lastData, this.knobs.idleMinutes)) return "Session timed out.";
    return this.isPast(this.began, this.knobs.maxMinutes) ? "Session reached its maximum duration." : undefined;
  }

  /** Whether a socket that was opened at `openedAt` (work time) has lived as long as the gateway lets it. */
  rotates(openedAt: number): boolean {
    return this.isPast(openedAt, this.knobs.rotateMinutes);
  }

  private isPast(since: number, minutes: number): boolean {
    const gone = this.clocks.work() - since;
    return minutes > 0 && gone >= minutes * 60_000 && this.clocks.realDelay(gone) >= this.knobs.leastLimitMs;
  }
}
