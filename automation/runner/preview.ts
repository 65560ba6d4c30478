import type { AccessMatrix } from "../../infra/contract/access-matrix";
import { databaseWish } from "../../infra/contract/database-wish";
import { wantedRoles } from "../../infra/contract/wanted-roles";
import { changeText, type AccessChange } from "./access-difference";
import { addChanges, countChanges, NO_CHANGES, type Changes } from "./changes";
import { runDatabaseStack } from "./database-stack";
import { openGate } from "./open-gate";
import { runPlatform } from "./platform-stack";
import { openProject, readProjectAccess, type Project, type ProjectRequest } from "./project";
import type { RunnerTools } from "./runner-tools";

/** What a preview is asked for. */
export interface PreviewRequest extends ProjectRequest {
  readonly programFolder: string | undefined;
  /** Folder of the policy pack; undefined: no gate. */
  readonly policyPack: string | undefined;
  readonly expectNoChanges: boolean;
}

/** What `up` would change. */
export interface PreviewSummary {
  readonly changes: Changes;
  /** Inside the databases, all clusters together: computed from the state, no database was asked. */
  readonly database: Changes;
  readonly access: readonly AccessChange[];
}

/**
 * Access difference, then the plans of platform and databases. Reads cloud state and directory only: no tunnel, no database, so that
 * nothing wakes; what somebody changed by hand inside a database does not show.
 *
 * @throws SallyportError as `openProject` and `runPlatform`; UNEXPECTED_CHANGES with `expectNoChanges`
 */
export async function previewEnvironment(request: PreviewRequest, tools: RunnerTools): Promise<PreviewSummary> {
  const project = await openProject(request, tools);
  const gate = openGate(request.policyPack, project.files);
  const plan = await readProjectAccess(project, tools);
  reportAccess(plan.changes, tools);
  const { summary } = await runPlatform(
    {
      operation: "preview",
      ...project,
      environmentText: project.files.environmentText,
      programFolder: request.programFolder,
      expectNoChanges: request.expectNoChanges,
      gate,
    },
    tools,
  );
  const database = await previewDatabases(project, plan.matrix, request, tools);
  return { changes: countChanges(summary), database, access: plan.changes };
}

async function previewDatabases(
  project: Project,
  matrix: AccessMatrix,
  { programFolder, expectNoChanges }: PreviewRequest,
  tools: RunnerTools,
): Promise<Changes> {
  let total = NO_CHANGES;
  for (const [cluster, { version, databases }] of Object.entries(project.files.environment.config.clusters)) {
    const wish = databaseWish(cluster, version, wantedRoles(matrix, cluster, databases, tools.clock.now()));
    const { summary } = await runDatabaseStack(
      { operation: "preview", ...project, cluster, wish, programFolder, expectNoChanges },
      tools,
    );
    total = addChanges(total, countChanges(summary));
    const { create, update, replace, delete: removed } = summary;
    tools.reporter.report({
      type: "database.planned",
      stage: "Database",
      mark: "note",
      text: `cluster ${cluster}, from the state alone: ${create} to create, ${update} to change, ${replace} to replace, ${removed} to delete`,
      data: { cluster, ...summary },
    });
  }
  return total;
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
