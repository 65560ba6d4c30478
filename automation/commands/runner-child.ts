import readline from "node:readline";
import type { CommandContext } from "../core/command-context";
import type { ProgressEvent } from "../core/events";
import { runOwnChild } from "./own-child";

/** How a child's run ended: the result line of its `--json`. */
export interface ChildResult {
  readonly exitCode: number;
  readonly code?: string;
  readonly message?: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/**
 * Runs a command that reports over time as a child (see `runOwnChild`) and hands its progress on to our reporter.
 *
 * @throws the signal's reason if we were interrupted
 */
export async function runChild(
  args: readonly string[],
  where: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
  context: CommandContext,
): Promise<ChildResult> {
  let said = "";
  let result: Record<string, unknown> = {};
  const exitCode = await runOwnChild([...args, "--json"], where, context, ({ stdout, stderr }) => {
    stderr.setEncoding("utf8").on("data", (text: string) => (said = (said + text).slice(-4000)));
    readline.createInterface({ input: stdout }).on("line", (line) => {
      const event = JSON.parse(line) as ProgressEvent & Record<string, unknown>;
      if (event.type === "result") result = event;
      else context.reporter.report(event);
    });
  });
  const { code, message } = result;
  return {
    exitCode,
    ...(typeof code === "string" ? { code } : {}),
    message: typeof message === "string" ? message : said.trim(),
    values: result,
  };
}
