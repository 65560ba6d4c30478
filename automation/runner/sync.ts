import { convergeClusters, type ConvergeOptions } from "./converge-clusters";
import type { Converged } from "./converge-database";
import { platformOutputs, runPlatform } from "./platform-stack";
import { reportAccess } from "./preview";
import { openProject, readProjectAccess, type ProjectRequest } from "./project";
import { keepAccess } from "./read-access";
import type { RunnerTools } from "./runner-tools";

/**
 * Brings the databases to what the directory says now: who joined or left a group, whose time is over. The platform stays as it is;
 * for a schedule.
 *
 * @throws SallyportError DOOR_NOT_FOUND if the environment was never deployed; and as `up`
 */
export async function syncEnvironment(
  request: ProjectRequest & ConvergeOptions,
  tools: RunnerTools,
): Promise<Converged> {
  const project = await openProject(request, tools);
  const plan = await readProjectAccess(project, tools);
  reportAccess(plan.changes, tools);
  const { environmentText } = project.files;
  const { programFolder } = request;
  const result = await runPlatform({ operation: "outputs", ...project, environmentText, programFolder }, tools);
  const converged = await convergeClusters(project, plan, platformOutputs(result, request.env), request, tools);
  await keepAccess(plan, project.paths);
  return converged;
}
