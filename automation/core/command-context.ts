import type { Clock } from "./clock";
import type { Redactor } from "./redactor";
import type { Reporter } from "./events";

/** Everything ambient that a command may touch; made once by the shell (`cli.ts`), by hand in tests. */
export interface CommandContext {
  /** The folder the command was started in; in the repository, its root. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Results. Secrets that were registered are redacted on the way out. */
  stdout(text: string): void;
  /** Errors and hints; progress goes through `reporter`. */
  stderr(text: string): void;
  readonly reporter: Reporter;
  readonly clock: Clock;
  randomBytes(size: number): Buffer;
  /** Aborts on the first SIGINT or SIGTERM; its reason is a SallyportError (INTERRUPTED or TERMINATED). */
  readonly signal: AbortSignal;
  readonly json: boolean;
  readonly quiet: boolean;
  /** A person sits at a terminal and can be asked. */
  readonly interactive: boolean;
  readonly redactor: Redactor;
  /** Secrets that must reach stdout (e.g. `sandbox env`) go through here; nothing else does. */
  stdoutUnredacted(text: string): void;
  /** How this very program is started again: executable and first arguments. */
  readonly cliCommand: readonly string[];
}

/** What a file in `commands/` exports: runs, answers the exit code, throws SallyportError. */
export interface Command {
  run(args: string[], context: CommandContext): Promise<number>;
}
