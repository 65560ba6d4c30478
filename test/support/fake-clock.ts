import type { Clock } from "../../automation/core/clock";

interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
}

/** A clock that moves only when told; sleepers wake in order of their time. */
export class FakeClock implements Clock {
  private sleepers: Sleeper[] = [];

  constructor(private time = 0) {}

  now(): number {
    return this.time;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason as Error);
      signal?.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
      this.sleepers.push({ until: this.time + ms, wake: resolve });
    });
  }

  /** Moves time and wakes whoever is due, letting each run before the next. */
  async advance(ms: number): Promise<void> {
    const end = this.time + ms;
    for (;;) {
      this.sleepers.sort((a, b) => a.until - b.until);
      const next = this.sleepers[0];
      if (!next || next.until > end) break;
      this.sleepers.shift();
      this.time = next.until;
      next.wake();
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.time = end;
  }

  /** How many are asleep: lets a test wait for "it sleeps now" without sleeping itself. */
  get asleep(): number {
    return this.sleepers.length;
  }
}
