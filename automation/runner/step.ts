import type { Clock } from "../core/clock";
import { asSallyportError } from "../core/errors";
import type { Reporter } from "../core/events";

/** A named part of a run: what it is called for people and machines. */
export interface StepName {
  /** `area.event` without the ending; `.started`, `.done` and `.failed` are added. */
  readonly type: string;
  readonly stage: string;
  /** What is being done, e.g. "waiting for the bastion's control channel". */
  readonly text: string;
}

/** What a step may say when it is done, in place of what it said when it began. */
export interface StepOutcome<T> {
  readonly value: T;
  readonly text?: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

/**
 * Runs one step: says that it goes on, then how it ended and how long it took. A failure is reported under the step's name and
 * rethrown as it is, so that the exit code stays the cause's own.
 */
export async function runStep<T>(
  name: StepName,
  tools: { readonly reporter: Reporter; readonly clock: Clock },
  work: () => Promise<StepOutcome<T>>,
): Promise<T> {
  const begun = tools.clock.now();
  tools.reporter.report({ type: `${name.type}.started`, stage: name.stage, mark: "going", text: name.text });
  try {
    const { value, text, data } = await work();
    const ms = tools.clock.now() - begun;
    tools.reporter.report({
      type: `${name.type}.done`,
      stage: name.stage,
      mark: "done",
      text: text ?? name.text,
      ms,
      ...(data ? { data } : {}),
    });
    return value;
  } catch (thrown) {
    const error = asSallyportError(thrown);
    const ms = tools.clock.now() - begun;
    tools.reporter.report({
      type: `${name.type}.failed`,
      stage: name.stage,
      mark: "failed",
      text: name.text,
      ms,
      data: { code: error.code },
    });
    throw error;
  }
}
