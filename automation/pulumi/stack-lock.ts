import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Processes } from "./process-identity";

/** Who holds the lock of a stack: the contents of a lock file of Pulumi's file backends (`pkg/backend/diy/lock.go`). */
export interface LockOwner {
  readonly pid: number;
  readonly username: string;
  readonly hostname: string;
  /** When it was taken, milliseconds since the epoch. */
  readonly takenAt: number;
}

/** A process began before it took the lock; readings of both differ by clock ticks. */
const CLOCK_SLACK_MS = 3000;

/**
 * Reads the locks of a stack in a `file://` backend: `<folder>/.pulumi/locks/organization/<project>/<stack>/<id>.json`. Other
 * backends answer none: there the engine itself names the owner when it refuses.
 */
export async function readLocks(backendUrl: string, project: string, stack: string): Promise<readonly LockOwner[]> {
  const folder = backendFolder(backendUrl);
  if (folder === undefined) return [];
  const locks = path.join(folder, ".pulumi", "locks", "organization", project, stack);
  const names = await readdir(locks).catch(() => [] as string[]);
  const texts = names
    .filter((name) => name.endsWith(".json"))
    .map((name) => readFile(path.join(locks, name), "utf8").catch(() => ""));
  return (await Promise.all(texts)).flatMap((text) => parseLock(text));
}

/**
 * The folder of a `file://` backend, or `undefined` for any other.
 *
 * @example
 * backendFolder("file:///home/jane/state") // "/home/jane/state"
 */
export function backendFolder(url: string): string | undefined {
  const bare = url.split("?")[0] ?? url;
  if (!bare.startsWith("file://")) return undefined;
  // `file://~` and `file://./x` are Pulumi's own; they are not URLs, so they are not ours to read.
  return bare.startsWith("file:///") ? fileURLToPath(bare) : undefined;
}

/** Text of a lock file to its owner; nothing for what is no lock (half written, or removed meanwhile). */
export function parseLock(text: string): LockOwner[] {
  try {
    const { pid, username, hostname, timestamp } = JSON.parse(text) as Record<string, unknown>;
    const takenAt = typeof timestamp === "string" ? Date.parse(timestamp) : NaN;
    if (typeof pid !== "number" || typeof hostname !== "string" || Number.isNaN(takenAt)) return [];
    return [{ pid, username: typeof username === "string" ? username : "", hostname, takenAt }];
  } catch {
    return [];
  }
}

/**
 * Whether a lock's owner is certainly gone: it was on this host, and no process has its pid, or the one that has it began after the
 * lock was taken. A lock of another host is never called dead.
 */
export async function isOwnerGone(owner: LockOwner, hostname: string, processes: Processes): Promise<boolean> {
  if (owner.hostname !== hostname) return false;
  const startedAt = await processes.startedAt(owner.pid);
  return startedAt === undefined || startedAt > owner.takenAt + CLOCK_SLACK_MS;
}
