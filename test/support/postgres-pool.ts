import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { systemClock } from "../../automation/core/clock";
import { findBinaries, type Major, type PostgresBinaries } from "../../automation/sandbox/postgres/binaries";
import { machineServerUser } from "../../automation/sandbox/postgres/server-user";
import { WarmPool } from "../../automation/sandbox/postgres/warm-pool";

/** PostgreSQL of a major version, as it is installed here. */
export function installedPostgres(major: Major): PostgresBinaries {
  return findBinaries(process.platform, process.arch, undefined, major);
}

/** A pool of real PostgreSQL servers in a 0700 folder of its own. */
export interface TestPool {
  readonly pool: WarmPool;
  readonly folder: string;
  close(): Promise<void>;
}

/** Opens a pool as the sandbox does on this machine. */
export async function openTestPool(): Promise<TestPool> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "sallyport-test-"));
  const pool = await WarmPool.open({
    folder,
    temporary: os.tmpdir(),
    binariesOf: installedPostgres,
    user: machineServerUser(),
    clock: systemClock,
  });
  const close = async (): Promise<void> => {
    await pool.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { pool, folder, close };
}
