import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { SallyportError } from "../../core/errors";
import type { PostgresBinaries } from "./binaries";
import { runGuarded } from "./guard";
import { giveTo, type ServerUser } from "./server-user";
import { HBA, initdbArguments } from "./settings";

/** The whole environment of PostgreSQL's processes: nothing of ours leaks into them. */
export const SERVER_ENVIRONMENT = { LC_ALL: "C", TZ: "UTC", PATH: "/usr/bin:/bin" } as const;

/**
 * Makes a data folder (0700, the server user's own) with the superuser `rdsadmin`; about a second, under a guard as the server
 * is. The parent folder must be reachable for the server user; messages go to `<dataFolder>.log`.
 */
export async function initialise(
  binaries: PostgresBinaries,
  dataFolder: string,
  user: ServerUser | undefined,
): Promise<void> {
  mkdirSync(dataFolder, { mode: 0o700 });
  giveTo(user, dataFolder);
  const log = `${dataFolder}.log`;
  const code = await runGuarded({
    program: binaries.initdb,
    args: initdbArguments(dataFolder),
    cwd: dataFolder,
    env: SERVER_ENVIRONMENT,
    log,
    ...user,
  }).ended;
  if (code !== 0)
    throw new SallyportError("SANDBOX_START_FAILED", {
      message: `PostgreSQL's initdb ended with ${code}: ${lastLines(log)}`,
    });
  writeFileSync(path.join(dataFolder, "pg_hba.conf"), HBA);
}

/** The end of a log, on one line. */
export function lastLines(file: string): string {
  try {
    return readFileSync(file, "utf8").trim().split("\n").slice(-3).join(" ");
  } catch {
    return "no message";
  }
}
