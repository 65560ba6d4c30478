import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from "node:fs";
import path from "node:path";
import { text } from "node:stream/consumers";
import { ERROR_CODES, type ErrorCode } from "../core/error-codes";
import { SallyportError } from "../core/errors";
import type { DaemonOrder, DaemonWord } from "../sandbox/daemon/daemon-order";
import type { SandboxFolder } from "../sandbox/daemon/sandbox-folder";

/** A daemon that has said that it is ready. */
export interface StartedDaemon {
  readonly pid: number;
  /** Resolves when its process has ended. */
  readonly ended: Promise<void>;
  /** Asks it to end; its stdin ends too where it hangs on us. */
  stop(): void;
}

/** The daemon's program: `sandboxd.cjs` beside the bundle, or its source on ts-node. */
export function daemonArguments(from: string = __dirname): string[] {
  const bundled = path.join(from, "sandboxd.cjs");
  if (existsSync(bundled)) return [bundled];
  return [
    "-r",
    require.resolve("ts-node/register/transpile-only"),
    path.join(from, "..", "sandbox", "daemon", "main.ts"),
  ];
}

/**
 * Starts the daemon in a process group of its own and waits for its word. A detached one outlives us; any other ends with us, as
 * its stdin is a pipe of ours.
 *
 * Errors: what the daemon says (SANDBOX_PORT_IN_USE, SANDBOX_RUNNING, …), else SANDBOX_START_FAILED with its last lines.
 */
export async function startDaemon(
  folder: SandboxFolder,
  order: DaemonOrder,
  env: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal,
  program: readonly string[] = daemonArguments(),
): Promise<StartedDaemon> {
  mkdirSync(folder.root, { recursive: true, mode: 0o700 });
  const log = openSync(folder.log, "w", 0o600);
  const child = spawn(process.execPath, [...program, JSON.stringify(order)], {
    cwd: order.projectRoot,
    // The sandbox is itself no client of AWS or Pulumi: what leads there is not for it.
    env: Object.fromEntries(Object.entries(env).filter(([name]) => !/^(AWS_|PULUMI_|PG|NODE_OPTIONS$)/.test(name))),
    detached: true,
    stdio: [order.detached ? "ignore" : "pipe", log, log, "pipe"],
  });
  closeSync(log);
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()).once("error", () => resolve()));
  const stop = (): void => {
    child.stdin?.end();
    child.kill("SIGTERM");
  };
  signal.addEventListener("abort", stop, { once: true });
  try {
    const word = await firstWord(child);
    signal.throwIfAborted();
    if (word?.ok !== true) throw failure(word, folder);
  } catch (error) {
    stop();
    await ended;
    throw error;
  } finally {
    signal.removeEventListener("abort", stop);
  }
  child.stdin?.on("error", () => undefined);
  if (order.detached) child.unref();
  return { pid: child.pid ?? -1, ended, stop };
}

/** The daemon says one line on its fourth descriptor and closes it; without a line it died. */
async function firstWord(child: ChildProcess): Promise<DaemonWord | undefined> {
  const stream = child.stdio[3];
  if (!stream || !("read" in stream)) return undefined;
  const line = (await text(stream).catch(() => "")).trim();
  return line === "" ? undefined : (JSON.parse(line) as DaemonWord);
}

function failure(word: Extract<DaemonWord, { ok: false }> | undefined, folder: SandboxFolder): SallyportError {
  if (word) {
    const code: ErrorCode = word.code in ERROR_CODES ? (word.code as ErrorCode) : "SANDBOX_START_FAILED";
    return new SallyportError(code, {
      message: word.message,
      ...(word.likely === undefined ? {} : { likely: word.likely }),
      ...(word.next === undefined ? {} : { next: word.next }),
    });
  }
  const lines = readFileSync(folder.log, "utf8").trim().split("\n").slice(-5).join("\n");
  return new SallyportError("SANDBOX_START_FAILED", {
    message: `The sandbox ended while it started: ${lines || "it said nothing"}`,
  });
}
