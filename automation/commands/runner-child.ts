import { spawn } from "node:child_process";
import readline from "node:readline";
import type { CommandContext } from "../core/command-context";
import { asSallyportError } from "../core/errors";
import type { ProgressEvent } from "../core/events";

/** How a child's run ended: the result line of its `--json`. */
export interface ChildResult {
  readonly exitCode: number;
  readonly code?: string;
  readonly message?: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/**
 * Runs a command that reports over time as a child of its own, in another folder and environment (AWS's credential chain reads the
 * process's own), and hands its progress on to our reporter. An interruption is handed to it once, and waited for.
 *
 * @throws the signal's reason if we were interrupted
 */
export async function runChild(
  args: readonly string[],
  where: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
  context: CommandContext,
): Promise<ChildResult> {
  const [program = process.execPath, ...first] = context.cliCommand;
  // A group of its own, so that Ctrl-C reaches it through us alone, once.
  const child = spawn(program, [...first, ...args, "--json"], {
    ...where,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stderr = "";
  let result: Record<string, unknown> = {};
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr = (stderr + text).slice(-4000)));
  readline.createInterface({ input: child.stdout }).on("line", (line) => {
    const event = JSON.parse(line) as ProgressEvent & Record<string, unknown>;
    if (event.type === "result") result = event;
    else context.reporter.report(event);
  });
  const hand = (): void =>
    void child.kill(asSallyportError(context.signal.reason).code === "TERMINATED" ? "SIGTERM" : "SIGINT");
  if (context.signal.aborted) hand();
  context.signal.addEventListener("abort", hand, { once: true });
  try {
    const exitCode = await new Promise<number>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (exit) => resolve(exit ?? 1));
    });
    context.signal.throwIfAborted();
    const { code, message } = result;
    return {
      exitCode,
      ...(typeof code === "string" ? { code } : {}),
      message: typeof message === "string" ? message : stderr.trim(),
      values: result,
    };
  } finally {
    context.signal.removeEventListener("abort", hand);
  }
}
