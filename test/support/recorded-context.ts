import type { CommandContext } from "../../automation/core/command-context";
import { systemClock, type Clock } from "../../automation/core/clock";
import type { ProgressEvent } from "../../automation/core/events";
import { Redactor } from "../../automation/core/redactor";

/** A command's context that remembers what was said. */
export interface RecordedContext extends CommandContext {
  readonly out: string[];
  readonly err: string[];
  readonly events: ProgressEvent[];
}

/** A context in a folder, with an empty environment unless told otherwise. */
export function recordedContext(
  cwd: string,
  more: { env?: Record<string, string>; json?: boolean; clock?: Clock; signal?: AbortSignal } = {},
): RecordedContext {
  const redactor = new Redactor();
  const [out, err, events]: [string[], string[], ProgressEvent[]] = [[], [], []];
  return {
    cwd,
    env: more.env ?? {},
    stdout: (text) => void out.push(redactor.redact(text)),
    stdoutUnredacted: (text) => void out.push(text),
    stderr: (text) => void err.push(redactor.redact(text)),
    reporter: { report: (event) => void events.push(event) },
    clock: more.clock ?? systemClock,
    randomBytes: (size) => Buffer.alloc(size, 7),
    signal: more.signal ?? new AbortController().signal,
    json: more.json ?? false,
    quiet: false,
    interactive: false,
    redactor,
    cliCommand: [],
    out,
    err,
    events,
  };
}
