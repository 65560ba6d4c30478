import { spawn } from "node:child_process";

/** What the guard starts: `postgres` or `initdb` with everything that it needs, no secret. */
export interface GuardOrder {
  readonly program: string;
  readonly args: readonly string[];
  /** Working folder; PostgreSQL's user must be able to reach it. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** File for the program's messages. */
  readonly log: string;
  readonly uid?: number;
  readonly gid?: number;
}

/**
 * The guard: a process of its own between the sandbox and PostgreSQL. Its stdin is a pipe from the sandbox; when that ends, for
 * whatever reason (kill -9 included), PostgreSQL gets SIGINT (fast shutdown), after 4 s SIGQUIT (immediate), after 8 s SIGKILL.
 * The guard ends with PostgreSQL, with its exit code.
 *
 * The function is sent to `node -e` as text, so that it needs no file beside the bundle: it may use nothing outside itself.
 */
export function guardMain(): void {
  const childProcess = process.getBuiltinModule("node:child_process");
  const { openSync } = process.getBuiltinModule("node:fs");
  const order = JSON.parse(process.argv[1] ?? "{}") as GuardOrder;
  const log = openSync(order.log, "a", 0o600);
  const identity = order.uid === undefined ? {} : { uid: order.uid, gid: order.gid ?? order.uid };
  const server = childProcess.spawn(order.program, order.args, {
    cwd: order.cwd,
    env: order.env,
    stdio: ["ignore", log, log],
    ...identity,
  });
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    server.kill("SIGINT");
    setTimeout(() => server.kill("SIGQUIT"), 4000).unref();
    setTimeout(() => server.kill("SIGKILL"), 8000).unref();
  };
  server.on("error", () => process.exit(127));
  server.on("exit", (code) => process.exit(code ?? 1));
  process.stdin.on("end", stop).on("close", stop).on("error", stop).resume();
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, stop);
}

/** Arguments for `node` that run the guard with an order. */
export function guardArguments(order: GuardOrder): string[] {
  return ["-e", `(${guardMain.toString()})()`, JSON.stringify(order)];
}

/** A program under its guard. */
export interface Guarded {
  /** Process id of the guard. */
  readonly pid: number;
  /** Resolves with the program's exit code; 127: it could not be started. */
  readonly ended: Promise<number>;
  /** Ends the program as the guard does; resolves when it is gone. */
  stop(): Promise<void>;
}

/** Starts a program under a guard of its own. */
export function runGuarded(order: GuardOrder): Guarded {
  // A process group of its own: Ctrl-C in a terminal reaches the sandbox alone, which then closes in order.
  const guard = spawn(process.execPath, guardArguments(order), {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
    env: {},
  });
  const ended = new Promise<number>((resolve) =>
    guard.once("exit", (code) => resolve(code ?? 1)).once("error", () => resolve(127)),
  );
  guard.stdin.on("error", () => undefined);
  const stop = async (): Promise<void> => {
    guard.stdin.end();
    await ended;
  };
  return { pid: guard.pid ?? -1, ended, stop };
}
