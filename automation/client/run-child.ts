import { spawn } from "node:child_process";
import os from "node:os";

/** Where signals to this process are heard: `process`, or a test's own. */
export interface SignalSource {
  on(signal: NodeJS.Signals, listener: () => void): unknown;
  off(signal: NodeJS.Signals, listener: () => void): unknown;
}

/** A program to run in front of the person: it has our stdin, stdout and stderr. */
export interface ChildRequest {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** Its whole environment. */
  readonly env: Readonly<Record<string, string>>;
  /**
   * A person sits at a terminal: the child stays in our process group, since only there it may read and control the terminal (job
   * control of a shell, a pager); the terminal itself sends Ctrl-C to both, so it is not passed on again.
   */
  readonly terminal: boolean;
  readonly signals: SignalSource;
}

/** How it ended: `code` as a shell says it. `notStarted`: 127 not found, 126 not executable. */
export type ChildEnd =
  { readonly kind: "ended"; readonly code: number } | { readonly kind: "notStarted"; readonly code: 126 | 127 };

/** Signals that are passed on; each that comes, once. */
const PASSED: readonly NodeJS.Signals[] = ["SIGINT", "SIGQUIT", "SIGTERM", "SIGHUP"];
/** Signals that a terminal sends to the whole group. */
const FROM_TERMINAL: readonly NodeJS.Signals[] = ["SIGINT", "SIGQUIT"];

/**
 * Runs a program to its end. Signals to us go to it (away from a terminal: to its whole process group, as a terminal would), and we
 * stay until it has ended: what it does about them is its affair.
 */
export async function runChild(request: ChildRequest): Promise<ChildEnd> {
  const { command, args, cwd, env, terminal, signals } = request;
  const child = spawn(command, args, { cwd, env, detached: !terminal, stdio: "inherit" });
  const listeners = PASSED.map((signal) => {
    const listener = (): void => {
      if (!terminal) killGroup(child.pid, signal);
      else if (!FROM_TERMINAL.includes(signal)) child.kill(signal);
    };
    signals.on(signal, listener);
    return () => signals.off(signal, listener);
  });
  try {
    return await new Promise<ChildEnd>((resolve, reject) => {
      child.once("error", (error: NodeJS.ErrnoException) => {
        const code = notStarted(error);
        if (code === undefined) reject(error);
        else resolve({ kind: "notStarted", code });
      });
      child.once("exit", (code, signal) => resolve({ kind: "ended", code: exitCode(code, signal) }));
    });
  } finally {
    for (const forget of listeners) forget();
  }
}

/** ENOENT: neither it nor its interpreter is there; the others: it is there and cannot be run. */
function notStarted(error: NodeJS.ErrnoException): 126 | 127 | undefined {
  if (error.code === "ENOENT") return 127;
  return error.code === "EACCES" || error.code === "ENOEXEC" || error.code === "EISDIR" ? 126 : undefined;
}

/** @example exitCode(null, "SIGTERM") // 143 */
function exitCode(code: number | null, signal: NodeJS.Signals | null): number {
  return code ?? 128 + (signal === null ? 0 : os.constants.signals[signal]);
}

function killGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // It has just ended.
  }
}
