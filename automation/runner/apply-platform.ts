import type { PlatformOutputs } from "../../infra/contract/outputs";
import type { ChangeSummary } from "../pulumi/engine-events";
import { changesText } from "./changes-text";
import { platformOutputs, runPlatform } from "./platform-stack";
import { countChanges } from "./preview";
import type { Project } from "./project";
import type { RunnerTools } from "./runner-tools";

/** What the platform stack did and says. */
export interface AppliedPlatform {
  readonly changes: Omit<ChangeSummary, "same">;
  readonly platform: PlatformOutputs;
}

/**
 * The gate and the platform stack: with a pack, a preview under its rules and then exactly that plan.
 *
 * @throws SallyportError POLICY_VIOLATION before anything changed; and as `runPlatform`
 */
export async function applyPlatform(
  project: Project,
  request: { readonly programFolder: string | undefined; readonly policyPack: string | undefined },
  tools: RunnerTools,
): Promise<AppliedPlatform> {
  const { programFolder, policyPack } = request;
  const result = await runPlatform(
    {
      operation: "up",
      ...project,
      environmentText: project.files.environmentText,
      programFolder,
      ...(policyPack === undefined ? {} : { policyPacks: [policyPack] }),
    },
    tools,
  );
  const changes = countChanges(result.summary);
  tools.reporter.report({
    type: "platform.done",
    stage: "Platform",
    mark: "done",
    text: changesText(result.summary),
    ms: result.durationMs,
    data: { ...result.summary },
  });
  return { changes, platform: platformOutputs(result, project.env) };
}
