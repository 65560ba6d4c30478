import { randomBytes } from "node:crypto";
import { closeSync, mkdirSync, writeSync } from "node:fs";
import { systemClock } from "../../core/clock";
import type { Closable } from "../../core/closer";
import { asSallyportError, SallyportError } from "../../core/errors";
import { startSandbox } from "./daemon";
import type { DaemonOrder, DaemonWord } from "./daemon-order";
import { claimPidFile, releasePidFile } from "./pid-file";
import { productServices } from "./product-services";
import { sandboxFolder } from "./sandbox-folder";

// The entry of the daemon: its order is the one argument, its word to the starter one line on descriptor 3. It ends on SIGTERM and
// SIGINT, and, unless it is detached, when its stdin does.

/** PostgreSQL's guard takes at most eight seconds; whatever hangs longer is left to it. */
const END_LIMIT_MS = 12_000;

const order = JSON.parse(process.argv[2] ?? "{}") as DaemonOrder;
const folder = sandboxFolder(order.projectRoot);
const mark = { pid: process.pid, startedAt: Math.round(performance.timeOrigin) };
const machine = {
  pid: process.pid,
  clock: systemClock,
  monotonic: () => performance.now(),
  randomBytes,
  resolveModule: (name: string) => require.resolve(name),
};

const log = (what: string, error: unknown): void =>
  void process.stderr.write(
    `${new Date().toISOString()} ${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
// One caller's mishap is no reason to take the account away from all others.
process.on("unhandledRejection", (error) => log("unhandled rejection", error));
process.on("uncaughtException", (error) => log("uncaught exception", error));

function say(word: DaemonWord): void {
  try {
    writeSync(3, `${JSON.stringify(word)}\n`);
    closeSync(3);
  } catch (error) {
    log("nobody listens to how the start went", error);
  }
}

async function start(): Promise<Closable> {
  mkdirSync(folder.root, { recursive: true, mode: 0o700 });
  if (!claimPidFile(folder.pidFile, mark))
    throw new SallyportError("SANDBOX_RUNNING", { message: "A sandbox is being started in this folder." });
  return startSandbox(folder, order, machine, productServices(folder, machine));
}

const starting = start();

let ending = false;
function end(why: string): void {
  if (ending) return;
  ending = true;
  log("ending", why);
  setTimeout(() => process.exit(1), END_LIMIT_MS).unref();
  starting
    .then((sandbox) => sandbox.close())
    .catch((error: unknown) => log("ending", error))
    .finally(() => {
      releasePidFile(folder.pidFile, mark);
      process.exit(0);
    });
}

process.on("SIGTERM", () => end("SIGTERM")).on("SIGINT", () => end("SIGINT"));
// The terminal may close; only a sandbox that hangs on its starter ends with it.
process.on("SIGHUP", () => order.detached || end("SIGHUP"));
if (!order.detached)
  process.stdin
    .on("end", () => end("the starter has ended"))
    .on("error", () => end("the starter has ended"))
    .resume();

starting.then(
  () => say({ ok: true }),
  (thrown: unknown) => {
    const { code, message, likely, next } = asSallyportError(thrown);
    log("not started", thrown);
    releasePidFile(folder.pidFile, mark);
    say({ ok: false, code, message, next, ...(likely === undefined ? {} : { likely }) });
    process.exit(1);
  },
);
