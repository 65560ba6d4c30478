import type { Changes } from "./changes";
import { convergeClusters, type ConvergeOptions } from "./converge-clusters";
import type { Converged } from "./converge-database";
import { applyPlatform } from "./apply-platform";
import { openGate } from "./open-gate";
import { reportAccess } from "./preview";
import { openProject, readProjectAccess, type ProjectRequest } from "./project";
import { keepAccess } from "./read-access";
import type { RunnerTools } from "./runner-tools";

/** What `up` is asked for. */
export interface UpRequest extends ProjectRequest, ConvergeOptions {
  /** Folder of the policy pack; undefined: no gate. */
  readonly policyPack: string | undefined;
}

/** What `up` did. */
export interface UpReport {
  /** Resources of the platform stack. */
  readonly changes: Changes;
  /** Inside the databases, all clusters together. */
  readonly database: Converged;
}

/**
 * Brings an environment to what the files say, step by step; a step that fails names itself and leaves what stood before it, and
 * running again continues:
 * access → policy gate and platform stack → door answers → provisioner → database stack → canary and catalogs.
 *
 * @throws SallyportError of the step that failed, with its own exit code
 */
export async function upEnvironment(request: UpRequest, tools: RunnerTools): Promise<UpReport> {
  const project = await openProject(request, tools);
  const gate = openGate(request.policyPack, project.files);
  const plan = await readProjectAccess(project, tools);
  reportAccess(plan.changes, tools);
  const { changes, platform } = await applyPlatform(project, request, gate, tools);
  const database = await convergeClusters(project, plan, platform, request, tools);
  await keepAccess(plan, project.paths);
  return { changes, database };
}
