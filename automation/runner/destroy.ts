import { rm } from "node:fs/promises";
import type { ChangeSummary } from "../pulumi/engine-events";
import { runPlatform } from "./platform-stack";
import { countChanges } from "./preview";
import { openProject, type ProjectRequest } from "./project";
import type { RunnerTools } from "./runner-tools";

/**
 * Takes the platform stack down. What is in the databases goes with the clusters, whose final snapshots stay.
 *
 * @throws SallyportError as `openProject` and `runPlatform`
 */
export async function destroyEnvironment(
  request: ProjectRequest & { readonly programFolder: string | undefined },
  tools: RunnerTools,
): Promise<Omit<ChangeSummary, "same">> {
  const project = await openProject(request, tools);
  const { summary } = await runPlatform(
    {
      operation: "destroy",
      ...project,
      environmentText: project.files.environmentText,
      programFolder: request.programFolder,
    },
    tools,
  );
  // The next `up` begins with nobody having anything.
  await Promise.all([project.paths.snapshotFile, project.paths.matrixFile].map((file) => rm(file, { force: true })));
  return countChanges(summary);
}
