import type { Clock } from "../core/clock";
import type { Reporter } from "../core/events";

/** Runs a part of the work and reports it: what it was, what came of it, how long it took. */
export type Stage = <T>(name: string, area: string, work: () => Promise<T>, text: (value: T) => string) => Promise<T>;

/** Stages over a reporter; a failed one is reported as failed, its error goes on. */
export function timedStages(reporter: Reporter, clock: Clock): Stage {
  return async (name, area, work, text) => {
    const start = clock.now();
    try {
      const value = await work();
      reporter.report({ type: `${area}.done`, stage: name, mark: "done", text: text(value), ms: clock.now() - start });
      return value;
    } catch (error) {
      reporter.report({ type: `${area}.failed`, stage: name, mark: "failed", text: "failed", ms: clock.now() - start });
      throw error;
    }
  };
}
