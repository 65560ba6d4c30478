import type { ChangeSummary } from "../pulumi/engine-events";
import { changeText, type AccessChange } from "./access-difference";
import { runPlatform } from "./platform-stack";
import { openProject, readProjectAccess, type ProjectRequest } from "./project";
import type { RunnerTools } from "./runner-tools";

/** What a preview is asked for. */
export interface PreviewRequest extends ProjectRequest {
  readonly programFolder: string | undefined;
  readonly expectNoChanges: boolean;
}

/** What `up` would change. */
export interface PreviewSummary {
  readonly changes: Omit<ChangeSummary, "same">;
  readonly access: readonly AccessChange[];
}

/**
 * Access difference, then the platform's plan. Reads cloud state and directory only: no tunnel, no database.
 *
 * @throws SallyportError as `openProject` and `runPlatform`; UNEXPECTED_CHANGES with `expectNoChanges`
 */
export async function previewEnvironment(request: PreviewRequest, tools: RunnerTools): Promise<PreviewSummary> {
  const project = await openProject(request, tools);
  const plan = await readProjectAccess(project, tools);
  reportAccess(plan.changes, tools);
  const { summary } = await runPlatform(
    {
      operation: "preview",
      ...project,
      environmentText: project.files.environmentText,
      programFolder: request.programFolder,
      expectNoChanges: request.expectNoChanges,
    },
    tools,
  );
  return { changes: countChanges(summary), access: plan.changes };
}

/** The changes of access, a line each, under the stage Access. */
export function reportAccess(changes: readonly AccessChange[], tools: Pick<RunnerTools, "reporter">): void {
  for (const change of changes)
    tools.reporter.report({
      type: `access.${change.kind}`,
      stage: "",
      mark: "note",
      text: changeText(change),
      data: { ...change },
    });
}

/** What changed or would change, without what stays. */
export function countChanges({ create, update, replace, delete: removed }: ChangeSummary): Omit<ChangeSummary, "same"> {
  return { create, update, replace, delete: removed };
}
