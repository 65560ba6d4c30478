import { existsSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import type { Clock } from "../../core/clock";
import { waitFor } from "../../core/retry";

/** File in the sandbox's folder that remembers where PostgreSQL's folders lie (root's lie outside the repository). */
export const PLACES_FILE = "postgres.json";

/** Folders of one run. */
export interface Places {
  readonly data: string;
  readonly sockets: string;
}

/**
 * Clears up after a run whose guard was killed: ends servers whose pid file lies in the old data folders and that still run there,
 * then removes the folders. Never ends a process that only happens to have the same number.
 */
export async function clearLeftovers(
  folder: string,
  clusters: (data: string) => string[],
  clock: Clock,
): Promise<void> {
  const file = path.join(folder, PLACES_FILE);
  if (!existsSync(file)) return;
  const places = JSON.parse(readFileSync(file, "utf8")) as Places;
  for (const cluster of clusters(places.data)) {
    const pid = serverPid(cluster);
    if (pid === undefined) continue;
    process.kill(pid, "SIGQUIT");
    await waitFor(async () => (serverPid(cluster) === undefined ? true : undefined), {
      clock,
      timeoutMs: 5000,
      intervalMs: 50,
    });
    if (serverPid(cluster) !== undefined) process.kill(pid, "SIGKILL");
  }
  for (const each of [places.data, places.sockets])
    rmSync(each, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  rmSync(file, { force: true });
}

/** The server that runs in a data folder: named by its postmaster.pid (pid, then data folder) and alive with that command line. */
export function serverPid(dataFolder: string): number | undefined {
  try {
    const pid = Number(readFileSync(path.join(dataFolder, "postmaster.pid"), "utf8").split("\n")[0]);
    if (!Number.isInteger(pid) || pid <= 1) return undefined;
    process.kill(pid, 0);
    // Without /proc (macOS) the pid file in our own 0700 folder is all there is to go by.
    if (!existsSync("/proc/self/cmdline")) return pid;
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").includes(dataFolder) ? pid : undefined;
  } catch {
    return undefined;
  }
}
