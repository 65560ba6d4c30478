import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";

const MEMORY = "/dev/shm";
const PREFIX = "sallyport-test-";
/** Several times what a run takes, which is 230 MB at most on two processors: each PostgreSQL in it has 40 MB, and none lives long. */
const ENOUGH_BYTES = 2 * 1024 ** 3;

/**
 * A folder in memory for what tests write, gone when this process ends; undefined where there is no room, or where nothing in it
 * may be run. On a disk, a third of the suite's time goes into writing down databases that nobody will read.
 */
export function memoryFolder() {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    if (Math.min(bavail * bsize, os.freemem()) < ENOUGH_BYTES) return undefined;
    removeLeft();
    const folder = path.join(MEMORY, `${PREFIX}${process.pid}`);
    // PostgreSQL's account has to pass it.
    mkdirSync(folder, { mode: 0o755 });
    process.on("exit", () => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }));
    return mayRun(folder) ? folder : undefined;
  } catch {
    return undefined;
  }
}

/** Tests write programs and start them; some machines mount it without that right. */
function mayRun(folder) {
  const program = path.join(folder, "program");
  writeFileSync(program, "#!/bin/sh\n", { mode: 0o755 });
  const { status } = spawnSync(program);
  rmSync(program);
  return status === 0;
}

/** Memory is not given back by itself: what a killed run left goes now. */
function removeLeft() {
  for (const name of readdirSync(MEMORY)) {
    const pid = new RegExp(`^${PREFIX}(\\d+)$`).exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) rmSync(path.join(MEMORY, name), { recursive: true, force: true });
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}
