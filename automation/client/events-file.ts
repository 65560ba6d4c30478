import { closeSync, openSync, writeSync } from "node:fs";
import path from "node:path";
import type { CommandContext } from "../core/command-context";
import { SallyportError } from "../core/errors";
import { ndjsonReporter } from "../core/report-writer";

/** A command's context whose events go to a file too. */
export interface EventsFile {
  readonly context: CommandContext;
  /** The last line: how it ended. */
  result(values: Readonly<Record<string, unknown>>): void;
  close(): void;
}

/**
 * `--events FILE`: NDJSON, one event a line, for commands whose output belongs to somebody else. The file is made anew, 0600.
 * Without a file nothing is written.
 *
 * Errors: USAGE if it cannot be written.
 */
export function eventsFile(file: string | undefined, context: CommandContext): EventsFile {
  if (file === undefined) return { context, result: () => undefined, close: () => undefined };
  const handle = opened(file, context.cwd);
  const write = (line: string): void => void writeSync(handle, context.redactor.redact(line));
  const own = ndjsonReporter(write, () => context.clock.now());
  const report: CommandContext["reporter"]["report"] = (event) => {
    own.report(event);
    context.reporter.report(event);
  };
  return {
    context: { ...context, reporter: { report } },
    result: (values) => {
      const time = new Date(context.clock.now()).toISOString();
      write(`${JSON.stringify({ v: 1, time, type: "result", ...values })}\n`);
    },
    close: () => closeSync(handle),
  };
}

function opened(file: string, cwd: string): number {
  try {
    return openSync(path.resolve(cwd, file), "w", 0o600);
  } catch (cause) {
    throw new SallyportError("USAGE", { message: `--events ${file} cannot be written.`, cause });
  }
}
