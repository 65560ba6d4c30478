import { spawn, type ChildProcessByStdio } from "node:child_process";
import type { Readable } from "node:stream";
import type { CommandContext } from "../core/command-context";
import { asSallyportError } from "../core/errors";

/** A child whose output is read. */
export type OwnChild = ChildProcessByStdio<null, Readable, Readable>;

/**
 * Runs this very program with other arguments, in another folder and environment (AWS's credential chain reads the process's own).
 * An interruption is handed to it once, and waited for. Answers its exit code.
 *
 * @param attach - listens to what it says
 * @throws the signal's reason if we were interrupted
 */
export async function runOwnChild(
  args: readonly string[],
  where: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
  context: Pick<CommandContext, "cliCommand" | "signal">,
  attach: (child: OwnChild) => void,
): Promise<number> {
  const { cliCommand, signal } = context;
  const [program = process.execPath, ...first] = cliCommand;
  // A group of its own, so that Ctrl-C reaches it through us alone, once.
  const child = spawn(program, [...first, ...args], { ...where, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  attach(child);
  const hand = (): void =>
    void child.kill(asSallyportError(signal.reason).code === "TERMINATED" ? "SIGTERM" : "SIGINT");
  if (signal.aborted) hand();
  signal.addEventListener("abort", hand, { once: true });
  try {
    const code = await new Promise<number>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (exit) => resolve(exit ?? 1));
    });
    signal.throwIfAborted();
    return code;
  } finally {
    signal.removeEventListener("abort", hand);
  }
}
