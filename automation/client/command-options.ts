import { Command, CommanderError } from "commander";
import type { CommandContext } from "../core/command-context";
import { SallyportError } from "../core/errors";

/**
 * Reads a command's options. Answers undefined when help was asked for and printed; the command is done then, with 0.
 *
 * Errors: USAGE with commander's sentence and "did you mean".
 *
 * @example
 * const parsed = parseOptions((c) => c.name("sallyport logout"), [], context);
 */
export function parseOptions(
  describe: (command: Command) => Command,
  args: readonly string[],
  context: CommandContext,
): Command | undefined {
  const said: string[] = [];
  const command = describe(new Command())
    .exitOverride()
    .configureOutput({ writeOut: (text) => context.stdout(text), writeErr: (text) => void said.push(text) })
    .helpOption("-h, --help", "show this help");
  try {
    return command.parse([...args], { from: "user" });
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) throw thrown;
    if (thrown.exitCode === 0) return undefined;
    const lines = thrown.message
      .replace(/^error: /, "")
      .split("\n")
      .map((line) => line.trim());
    throw new SallyportError("USAGE", {
      message: `${command.name()}: ${lines[0] ?? ""}`,
      ...(lines[1] ? { likely: lines[1] } : {}),
      next: `${command.name()} --help`,
    });
  }
}

/**
 * Milliseconds of `500ms`, `15s` or `2m`.
 *
 * Errors: USAGE.
 *
 * @example durationOption("--connect-timeout", "15s") // 15000
 */
export function durationOption(option: string, text: string): number {
  const match = /^([1-9][0-9]{0,5})(ms|s|m)$/.exec(text);
  if (!match)
    throw new SallyportError("USAGE", { message: `${option} ${text}: write a time such as 15s, 500ms or 2m.` });
  return Number(match[1]) * { ms: 1, s: 1_000, m: 60_000 }[match[2] as "ms" | "s" | "m"];
}
