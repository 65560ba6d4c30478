import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Clock } from "../../core/clock";
import { machineProcesses, type Processes } from "../process-identity";

/** A lock file's owner: its pid and when that process began, so that a recycled pid is not taken for it. */
interface Owner {
  readonly pid: number;
  readonly startedAt: number;
}

/** What taking a lock needs. */
export interface LockOptions {
  readonly clock: Clock;
  readonly signal?: AbortSignal;
  /** Called once when somebody else holds it. */
  readonly onWait?: (pid: number) => void;
  readonly processes?: Processes;
}

const LOOK_EVERY_MS = 250;
/** Start times come from clocks of 10 ms (Linux) or 1 s (ps) and are compared across two readings. */
const SAME_START_MS = 3000;

/**
 * Runs `work` while holding a lock file; others on this machine wait. A lock whose process is gone is taken over.
 *
 * @throws the signal's reason when it aborts while waiting
 */
export async function withFolderLock<T>(file: string, options: LockOptions, work: () => Promise<T>): Promise<T> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const processes = options.processes ?? machineProcesses;
  const mine: Owner = { pid: process.pid, startedAt: (await processes.startedAt(process.pid)) ?? 0 };
  let told = false;
  while (!(await take(file, mine))) {
    const owner = await readOwner(file);
    if (owner && (await isGone(owner, processes))) {
      await rm(file, { force: true });
      continue;
    }
    if (owner && !told) options.onWait?.(owner.pid);
    told = true;
    await options.clock.sleep(LOOK_EVERY_MS, options.signal);
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

async function take(file: string, owner: Owner): Promise<boolean> {
  try {
    await writeFile(file, JSON.stringify(owner), { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** `undefined` while the owner is still writing, or when the file vanished: look again. */
async function readOwner(file: string): Promise<Owner | undefined> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as Owner;
  } catch {
    return undefined;
  }
}

async function isGone(owner: Owner, processes: Processes): Promise<boolean> {
  const startedAt = await processes.startedAt(owner.pid);
  return startedAt === undefined || Math.abs(startedAt - owner.startedAt) > SAME_START_MS;
}
