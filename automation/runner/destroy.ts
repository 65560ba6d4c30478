import { rm } from "node:fs/promises";
import { databaseWish } from "../../infra/contract/database-wish";
import { PROVISIONER } from "../../infra/contract/names";
import { parseOutputs, type PlatformOutputs } from "../../infra/contract/outputs";
import type { WantedDatabase } from "../../infra/contract/wanted-roles";
import { databaseAuthorities } from "../door/authorities";
import { countChanges, type Changes } from "./changes";
import { openClusterDoor, throughProxy } from "./cluster-door";
import { makeWay } from "./database/make-way";
import { runDatabaseStack } from "./database-stack";
import { runPlatform } from "./platform-stack";
import { openProject, type Project, type ProjectRequest } from "./project";
import type { RunnerTools } from "./runner-tools";

/** What a destroy is asked for. */
export interface DestroyRequest extends ProjectRequest {
  readonly programFolder: string | undefined;
  /** For each wait on the way to a database, milliseconds. */
  readonly connectTimeoutMs: number;
}

/**
 * Takes an environment down, backwards: what the database stacks hold, through the door, then the platform with the door. A database
 * stack that holds nothing (any more) needs no door, so that a destroy that was cut off goes on. What else is in the databases goes
 * with the clusters, whose final snapshots stay.
 *
 * @throws SallyportError as `openProject`, the door, `runDatabaseStack` and `runPlatform`
 */
export async function destroyEnvironment(request: DestroyRequest, tools: RunnerTools): Promise<Changes> {
  const project = await openProject(request, tools);
  const { programFolder } = request;
  const stack = { ...project, environmentText: project.files.environmentText, programFolder };
  const outputs = parseOutputs((await runPlatform({ operation: "outputs", ...stack }, tools)).outputs);
  // Without outputs nothing was ever deployed as far as a database.
  if (outputs.ok)
    for (const name of Object.keys(outputs.value.clusters))
      await destroyDatabase(project, outputs.value, name, request, tools);
  const { summary } = await runPlatform({ operation: "destroy", ...stack }, tools);
  // The next `up` begins with nobody having anything.
  await Promise.all([project.paths.snapshotFile, project.paths.matrixFile].map((file) => rm(file, { force: true })));
  return countChanges(summary);
}

async function destroyDatabase(
  project: Project,
  platform: PlatformOutputs,
  name: string,
  { programFolder, connectTimeoutMs }: DestroyRequest,
  tools: RunnerTools,
): Promise<void> {
  const version = project.files.environment.config.clusters[name]?.version ?? "";
  const nobody = { databases: databasesOf(platform, name), privilegeRoles: [], logins: [] };
  const wish = databaseWish(name, version, nobody);
  const stack = { ...project, cluster: name, wish, programFolder };
  const { holds } = await runDatabaseStack({ ...stack, operation: "outputs" }, tools);
  if (holds === 0) return;
  const authorities = databaseAuthorities(project.sandbox ? tools.env.SALLYPORT_SANDBOX_CA : undefined);
  const door = await openClusterDoor({ ...project, name, platform, authorities, connectTimeoutMs }, tools);
  try {
    // Dropping a role neither ends its sessions nor moves what it owns.
    await makeWay(
      (database) => door.openDatabase({ user: PROVISIONER, database }),
      nobody,
      () => undefined,
    );
    await throughProxy(door, tools, (address) => runDatabaseStack({ ...stack, operation: "destroy", address }, tools));
  } finally {
    await door.close();
  }
}

function databasesOf(platform: PlatformOutputs, name: string): WantedDatabase[] {
  return Object.entries(platform.clusters[name]?.databases ?? {}).map(([database, facts]) => ({
    name: database,
    ...facts,
  }));
}
