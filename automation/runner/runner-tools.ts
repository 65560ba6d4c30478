import type { Clock } from "../core/clock";
import type { Reporter } from "../core/events";
import type { Redactor } from "../core/redactor";

/** Everything ambient that a run over an environment may touch; commands pass their context. */
export interface RunnerTools {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly randomBytes: (size: number) => Buffer;
  readonly reporter: Reporter;
  readonly redactor: Redactor;
  readonly signal: AbortSignal;
}
