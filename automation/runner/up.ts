import type { ChangeSummary } from "../pulumi/engine-events";
import { databaseAuthorities } from "../door/authorities";
import { makeRds } from "../aws/rds";
import { makeSsm } from "../aws/ssm";
import { prepareCluster } from "./prepare-cluster";
import { platformOutputs, runPlatform } from "./platform-stack";
import { countChanges, reportAccess } from "./preview";
import { openProject, readProjectAccess, type ProjectRequest } from "./project";
import { keepAccess } from "./read-access";
import type { RunnerTools } from "./runner-tools";
import { runStep } from "./step";
import { waitForBastion, waitForCluster } from "./wait-for-door";

/** What `up` is asked for. */
export interface UpRequest extends ProjectRequest {
  readonly programFolder: string | undefined;
  /** How long door and clusters may take to answer, milliseconds. */
  readonly waitMs: number;
  /** For each wait on the way to a database, milliseconds. */
  readonly connectTimeoutMs: number;
}

/** What `up` did. */
export interface UpReport {
  /** Resources of the platform stack. */
  readonly changes: Omit<ChangeSummary, "same">;
  /** SQL statements that were needed, all clusters together. */
  readonly statements: number;
}

/**
 * Brings an environment to what the files say, step by step; a step that fails names itself and leaves what stood before it, and
 * running again continues:
 * access → platform stack → door answers → provisioner → login roles → canary and catalogs.
 *
 * @throws SallyportError of the step that failed, with its own exit code
 */
export async function upEnvironment(request: UpRequest, tools: RunnerTools): Promise<UpReport> {
  const project = await openProject(request, tools);
  const plan = await readProjectAccess(project, tools);
  reportAccess(plan.changes, tools);

  const result = await runPlatform(
    {
      operation: "up",
      ...project,
      environmentText: project.files.environmentText,
      programFolder: request.programFolder,
    },
    tools,
  );
  const changes = countChanges(result.summary);
  const platform = platformOutputs(result, request.env);
  const text = `${changes.create} created, ${changes.update} changed, ${changes.replace} replaced, ${changes.delete} deleted, ${result.summary.same} as they were`;
  tools.reporter.report({
    type: "platform.done",
    stage: "Platform",
    mark: "done",
    text,
    ms: result.durationMs,
    data: { ...result.summary },
  });

  const { accounts } = project;
  const calls = { ...makeSsm(accounts.workload), ...makeRds(accounts.workload) };
  const wait = { clock: tools.clock, timeoutMs: request.waitMs, signal: tools.signal };
  await runStep(
    { type: "door.bastion", stage: "Door", text: "waiting for the bastion's control channel" },
    tools,
    async () => {
      const instance = await waitForBastion(platform, calls, wait);
      return { value: instance, text: `bastion ${instance} connected` };
    },
  );

  const authorities = databaseAuthorities(project.sandbox ? tools.env.SALLYPORT_SANDBOX_CA : undefined);
  let statements = 0;
  for (const [name, cluster] of Object.entries(platform.clusters)) {
    await runStep({ type: "door.cluster", stage: "Door", text: `waiting for cluster ${name}` }, tools, async () => {
      const view = await waitForCluster(name, cluster, calls, wait);
      return { value: view, text: `cluster ${name} available` };
    });
    statements += await prepareCluster(
      { name, platform, matrix: plan.matrix, accounts, authorities, connectTimeoutMs: request.connectTimeoutMs },
      tools,
    );
  }
  await keepAccess(plan, project.paths);
  return { changes, statements };
}
