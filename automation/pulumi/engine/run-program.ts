import { spawn } from "node:child_process";

/** How a program ended and what it said (both streams, in order of arrival). */
export interface ProgramEnd {
  /** Its exit code; -1 when it never started or a signal ended it. */
  readonly code: number;
  readonly stdout: string;
  readonly output: string;
}

/** Where and with what a program runs. */
export interface ProgramOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  readonly signal?: AbortSignal;
}

/**
 * Runs a program without a shell and waits for its end; never throws for a bad exit code or a missing program, the caller knows
 * what that means. An abort ends it with SIGTERM and rejects with the signal's reason.
 */
export async function runProgram(
  command: string,
  args: readonly string[],
  options: ProgramOptions,
): Promise<ProgramEnd> {
  options.signal?.throwIfAborted();
  const child = spawn(command, args, {
    env: { ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  });
  const stop = (): void => void child.kill("SIGTERM");
  options.signal?.addEventListener("abort", stop, { once: true });
  let stdout = "";
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    output += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => (output += text));
  try {
    const code = await new Promise<number>((resolve) => {
      child.on("error", (error) => {
        output += error.message;
        resolve(-1);
      });
      child.on("close", (exit) => resolve(exit ?? -1));
    });
    options.signal?.throwIfAborted();
    return { code, stdout, output };
  } finally {
    options.signal?.removeEventListener("abort", stop);
  }
}
