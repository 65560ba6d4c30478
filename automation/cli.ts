import { randomBytes } from "node:crypto";
import { COMMANDS } from "./commands/index";
import { systemClock } from "./core/clock";
import type { CommandContext } from "./core/command-context";
import { errorText } from "./core/error-text";
import { asSallyportError, SallyportError } from "./core/errors";
import { silentReporter, type Reporter } from "./core/events";
import { Redactor } from "./core/redactor";
import { lineReporter, ndjsonReporter } from "./core/report-writer";
import { helpText, nearestCommand } from "./help";
import { version } from "./version";

interface Shell {
  readonly command: string | undefined;
  readonly rest: string[];
  readonly json: boolean;
  readonly quiet: boolean;
  readonly debug: boolean;
}

/** Takes the options of every command out of argv; everything after `--` is left alone. */
function readShell(argv: readonly string[]): Shell {
  const end = argv.indexOf("--");
  const own = end < 0 ? argv : argv.slice(0, end);
  const flags = new Set(["--json", "--quiet", "--debug"]);
  const words = own.filter((word) => !flags.has(word));
  const rest = [...words, ...(end < 0 ? [] : argv.slice(end))];
  return {
    command: rest[0],
    rest: rest.slice(1),
    json: own.includes("--json"),
    quiet: own.includes("--quiet"),
    debug: own.includes("--debug"),
  };
}

function interruption(): AbortSignal {
  const controller = new AbortController();
  const abort = (code: "INTERRUPTED" | "TERMINATED") => () =>
    controller.abort(
      new SallyportError(code, { message: code === "INTERRUPTED" ? "Interrupted." : "Ended by SIGTERM." }),
    );
  process.on("SIGINT", abort("INTERRUPTED"));
  process.on("SIGTERM", abort("TERMINATED"));
  process.on("SIGHUP", abort("TERMINATED"));
  return controller.signal;
}

/** Where NDJSON goes: a command that runs over time has it on stdout, one that answers keeps stdout for the answer. */
function eventStream(shell: Shell): NodeJS.WriteStream {
  return COMMANDS[shell.command ?? ""]?.json === "events" ? process.stdout : process.stderr;
}

/** What a person would not see anyway is not announced. */
const ANNOUNCE_AFTER_MS = 1000;

function soon(act: () => void): () => void {
  const timer = setTimeout(act, ANNOUNCE_AFTER_MS);
  timer.unref();
  return () => clearTimeout(timer);
}

function makeContext(shell: Shell, redactor: Redactor): CommandContext {
  const write = (stream: NodeJS.WriteStream) => (text: string) => void stream.write(redactor.redact(text));
  const stderr = write(process.stderr);
  const dim = process.stderr.isTTY && !process.env.NO_COLOR && process.env.TERM !== "dumb";
  const people = lineReporter(stderr, { ascii: process.env.LC_ALL === "C", dim, soon });
  const reporter: Reporter = shell.quiet
    ? silentReporter
    : shell.json
      ? ndjsonReporter(write(eventStream(shell)), () => Date.now())
      : people;
  return {
    cwd: process.cwd(),
    env: process.env,
    stdout: write(process.stdout),
    stdoutUnredacted: (text) => void process.stdout.write(text),
    stderr,
    reporter,
    clock: systemClock,
    randomBytes,
    signal: interruption(),
    json: shell.json,
    quiet: shell.quiet,
    interactive: process.stdin.isTTY && process.stderr.isTTY,
    redactor,
    cliCommand: [process.execPath, ...process.execArgv, process.argv[1] ?? ""],
  };
}

async function main(): Promise<number> {
  const shell = readShell(process.argv.slice(2));
  const redactor = new Redactor();
  if (shell.command === undefined || shell.command === "--help" || shell.command === "-h" || shell.command === "help") {
    process.stdout.write(helpText(version()));
    return 0;
  }
  if (shell.command === "--version") {
    process.stdout.write(`${version()}\n`);
    return 0;
  }
  try {
    const entry = COMMANDS[shell.command];
    if (!entry) throw unknownCommand(shell.command);
    return await entry.load().run(shell.rest, makeContext(shell, redactor));
  } catch (thrown) {
    const error = asSallyportError(thrown);
    const exitCode = COMMANDS[shell.command]?.failureCode?.(error) ?? error.exitCode;
    if (shell.json) {
      const result = {
        v: 1,
        time: new Date().toISOString(),
        type: "result",
        ok: false,
        exitCode,
        code: error.code,
        message: error.message,
        ...(error.likely === undefined ? {} : { likely: error.likely }),
        next: error.next,
        values: error.values,
      };
      eventStream(shell).write(redactor.redact(`${JSON.stringify(result)}\n`));
    } else {
      process.stderr.write(
        redactor.redact(errorText(error, { ascii: process.env.LC_ALL === "C", debug: shell.debug })),
      );
    }
    return exitCode;
  }
}

function unknownCommand(typed: string): SallyportError {
  const near = nearestCommand(typed);
  return new SallyportError("USAGE", {
    message: `"${typed}" is no command.`,
    ...(near === undefined ? {} : { likely: `Did you mean "${near}"?` }),
  });
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exitCode = 1;
  },
);
