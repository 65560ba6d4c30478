import type { PlatformOutputs } from "../../infra/contract/outputs";
import { makeRds } from "../aws/rds";
import { makeSsm } from "../aws/ssm";
import { databaseAuthorities } from "../door/authorities";
import { addChanges, NO_CHANGES } from "./changes";
import type { Converged } from "./converge-database";
import { prepareCluster } from "./prepare-cluster";
import type { Project } from "./project";
import type { AccessPlan } from "./read-access";
import { refuseRemovals } from "./removals";
import type { RunnerTools } from "./runner-tools";
import { runStep } from "./step";
import { waitForBastion, waitForCluster } from "./wait-for-door";

/** How the databases of an environment are brought to the matrix. */
export interface ConvergeOptions {
  readonly programFolder: string | undefined;
  /** How long door and clusters may take to answer, milliseconds. */
  readonly waitMs: number;
  /** For each wait on the way to a database, milliseconds. */
  readonly connectTimeoutMs: number;
  /** `--allow-removals`. */
  readonly allowRemovals: number | undefined;
}

/**
 * Waits until the door answers, then brings each cluster to the matrix, one after the other.
 *
 * @throws SallyportError of the wait, the door, the database stack; ACCESS_REMOVALS
 */
export async function convergeClusters(
  project: Project,
  plan: AccessPlan,
  platform: PlatformOutputs,
  options: ConvergeOptions,
  tools: RunnerTools,
): Promise<Converged> {
  const { accounts, env } = project;
  const calls = { ...makeSsm(accounts.workload), ...makeRds(accounts.workload) };
  const wait = { clock: tools.clock, timeoutMs: options.waitMs, signal: tools.signal };
  const bastion = { type: "door.bastion", stage: "Door", text: "waiting for the bastion's control channel" };
  await runStep(bastion, tools, async () => {
    const instance = await waitForBastion(platform, calls, wait);
    return { value: instance, text: `bastion ${instance} connected` };
  });
  const authorities = databaseAuthorities(project.sandbox ? tools.env.SALLYPORT_SANDBOX_CA : undefined);
  let total: Converged = { changes: NO_CHANGES, statements: 0 };
  for (const [name, cluster] of Object.entries(platform.clusters)) {
    await runStep({ type: "door.cluster", stage: "Door", text: `waiting for cluster ${name}` }, tools, async () => {
      const view = await waitForCluster(name, cluster, calls, wait);
      return { value: view, text: `cluster ${name} available` };
    });
    const { connectTimeoutMs, programFolder, allowRemovals } = options;
    const { changes, statements } = await prepareCluster(
      {
        ...project,
        name,
        platform,
        matrix: plan.matrix,
        version: project.files.environment.config.clusters[name]?.version ?? "",
        authorities,
        connectTimeoutMs,
        programFolder,
        judgeRemovals: (gone, before) => refuseRemovals({ gone, before, allowed: allowRemovals, env }),
      },
      tools,
    );
    total = { changes: addChanges(total.changes, changes), statements: total.statements + statements };
  }
  return total;
}
