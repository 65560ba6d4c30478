import type { PlatformOutputs } from "../../infra/contract/outputs";
import { changesText, countChanges, type Changes } from "./changes";
import { platformOutputs, runPlatform, type Gate } from "./platform-stack";
import type { Project } from "./project";
import type { RunnerTools } from "./runner-tools";

/** What the platform stack did and says. */
export interface AppliedPlatform {
  readonly changes: Changes;
  readonly platform: PlatformOutputs;
}

/**
 * The gate and the platform stack: with a pack, a preview under its rules and then exactly that plan.
 *
 * @throws SallyportError POLICY_VIOLATION before anything changed; and as `runPlatform`
 */
export async function applyPlatform(
  project: Project,
  request: { readonly programFolder: string | undefined },
  gate: Gate | undefined,
  tools: RunnerTools,
): Promise<AppliedPlatform> {
  const result = await runPlatform(
    {
      operation: "up",
      ...project,
      environmentText: project.files.environmentText,
      programFolder: request.programFolder,
      gate,
    },
    tools,
  );
  const changes = countChanges(result.summary);
  tools.reporter.report({
    type: "platform.done",
    stage: "Platform",
    mark: "done",
    text: changesText(changes, result.summary.same),
    ms: result.durationMs,
    data: { ...result.summary },
  });
  return { changes, platform: platformOutputs(result, project.env) };
}
