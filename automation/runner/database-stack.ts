import { mkdir, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import type { DatabaseWish } from "../../infra/contract/database-wish";
import { PROVISIONER } from "../../infra/contract/names";
import type { Engine } from "../pulumi/engine/ensure-engine";
import type { ProjectPaths } from "./project-paths";
import { runStackRecovering } from "./recovery";
import type { RunnerTools } from "./runner-tools";
import type { StackRequest, StackResult } from "./stack-child/stack-request";

/** Pulumi project of the database stacks: one stack per cluster, `<env>.<cluster>`, because one environment holds one address. */
export const DATABASE_PROJECT = "sallyport-sql";

/** Where the database answers on this machine, and the secret that it asks for. */
export interface LocalAddress {
  readonly host: string;
  readonly port: number;
  readonly secret: string;
}

/** One operation on the database stack of one cluster. */
export interface DatabaseStackRequest {
  readonly operation: "preview" | "up" | "refresh" | "destroy" | "outputs";
  readonly env: string;
  readonly cluster: string;
  readonly engine: Engine;
  readonly paths: ProjectPaths;
  readonly wish: DatabaseWish;
  /** Left out: nothing is reached, as in a preview. */
  readonly address?: LocalAddress;
  readonly programFolder?: string | undefined;
  readonly expectNoChanges?: boolean;
}

/** More at once only waits for the same lock: grants of one owner are serialised by PostgreSQL. */
const PARALLEL = 4;

/**
 * Runs the operation in a stack child, recovery first. Address and secret go into the engine's environment, which plugins inherit,
 * and nowhere else.
 *
 * @param run runs the stack; replaced in tests
 * @throws SallyportError as `runStackRecovering`
 */
export async function runDatabaseStack(
  request: DatabaseStackRequest,
  tools: Pick<RunnerTools, "reporter" | "signal" | "env">,
  run: typeof runStackRecovering = runStackRecovering,
): Promise<StackResult> {
  const { operation, env, cluster, engine, paths, wish, address, programFolder, expectNoChanges } = request;
  const workDir = path.join(paths.stackFolder, DATABASE_PROJECT, cluster);
  const stack: StackRequest = {
    operation,
    engine: { command: engine.command, version: engine.version },
    project: DATABASE_PROJECT,
    stack: `${env}.${cluster}`,
    workDir,
    config: { "sallyport:wishFile": await keepWish(workDir, wish) },
    program: "database",
    stage: "Database",
    parallel: PARALLEL,
    readsOutputs: false,
    ...(programFolder === undefined ? {} : { programFolder: path.resolve(paths.root, programFolder) }),
    ...(expectNoChanges === undefined ? {} : { expectNoChanges }),
  };
  const { reporter, signal } = tools;
  return run(stack, {
    reporter,
    signal,
    env: { ...tools.env, ...postgresVariables(address) },
    cwd: paths.root,
  });
}

/** Nobody else's PG* or proxy variable may lead the provider elsewhere: `undefined` takes a variable away. */
function postgresVariables(address: LocalAddress | undefined): Record<string, string | undefined> {
  const cleared = ["ALL_PROXY", "all_proxy", "PGSERVICE", "PGSSLMODE", "PGCONNECT_TIMEOUT", "PGPASSFILE"];
  return {
    ...Object.fromEntries(cleared.map((name) => [name, undefined])),
    PGHOST: address?.host,
    PGPORT: address === undefined ? undefined : String(address.port),
    PGUSER: PROVISIONER,
    PGPASSWORD: address?.secret,
    PGDATABASE: "postgres",
  };
}

async function keepWish(workDir: string, wish: DatabaseWish): Promise<string> {
  await mkdir(workDir, { recursive: true, mode: 0o700 });
  const file = path.join(workDir, "wish.json");
  await writeFile(`${file}.new`, `${JSON.stringify(wish, undefined, 2)}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
  return file;
}
