import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { parse } from "yaml";
import { parseOutputs, type PlatformOutputs } from "../../infra/contract/outputs";
import { formatProblem } from "../../infra/contract/result";
import { SallyportError } from "../core/errors";
import type { Engine } from "../pulumi/engine/ensure-engine";
import type { ConfigValue } from "../pulumi/stack-engine";
import type { ProjectPaths } from "./project-paths";
import { runStackRecovering } from "./recovery";
import type { PolicyConfiguration } from "./policy-configuration";
import type { RunnerTools } from "./runner-tools";
import type { StackOperation, StackResult } from "./stack-child/stack-request";

/** Pulumi project of the platform stack: the name in Pulumi.yaml, so that plain `pulumi` works on the same stack. */
export const PLATFORM_PROJECT = "sallyport";

/** A policy pack that a change has to pass. */
export interface Gate {
  /** Folder of the compiled pack. */
  readonly pack: string;
  readonly configuration: PolicyConfiguration;
}

/** One operation on an environment's platform stack. */
export interface PlatformRequest {
  readonly operation: Exclude<StackOperation, "settle">;
  readonly env: string;
  readonly engine: Engine;
  readonly paths: ProjectPaths;
  /** `Pulumi.<env>.yaml` as it was read. */
  readonly environmentText: string;
  /** A folder with a changed copy of `infra/`; our own when left out. */
  readonly programFolder?: string | undefined;
  readonly expectNoChanges?: boolean;
  /** Undefined: no gate. */
  readonly gate?: Gate | undefined;
}

/**
 * Runs the operation in a stack child, recovery first.
 *
 * @throws SallyportError as `runStackRecovering`
 */
export async function runPlatform(request: PlatformRequest, tools: RunnerTools): Promise<StackResult> {
  const { operation, env, engine, paths, programFolder, expectNoChanges, gate } = request;
  const gated = gate === undefined ? {} : await gateFiles(gate, paths);
  return runStackRecovering(
    {
      operation,
      engine: { command: engine.command, version: engine.version },
      project: PLATFORM_PROJECT,
      stack: env,
      workDir: path.join(paths.stackFolder, PLATFORM_PROJECT),
      config: configOf(request.environmentText),
      program: "platform",
      stage: "Platform",
      ...(programFolder === undefined ? {} : { programFolder: path.resolve(paths.root, programFolder) }),
      ...(expectNoChanges === undefined ? {} : { expectNoChanges }),
      ...gated,
    },
    { reporter: tools.reporter, signal: tools.signal, env: tools.env, cwd: paths.root },
  );
}

/** The engine takes a pack's configuration as a file. */
async function gateFiles(
  { pack, configuration }: Gate,
  { stackFolder }: ProjectPaths,
): Promise<{ policyPacks: string[]; policyPackConfigs: string[] }> {
  const file = path.join(stackFolder, "policy-config.json");
  await mkdir(stackFolder, { recursive: true, mode: 0o700 });
  await writeFile(file, `${JSON.stringify(configuration, undefined, 2)}\n`, { mode: 0o600 });
  return { policyPacks: [pack], policyPackConfigs: [file] };
}

/** The `config` of a stack's settings file; the file was checked before, so that it is an object or absent. */
function configOf(environmentText: string): Record<string, ConfigValue> {
  const file = parse(environmentText) as { readonly config?: Record<string, ConfigValue> } | null;
  return file?.config ?? {};
}

/**
 * The platform's outputs, typed.
 *
 * @throws SallyportError DOOR_NOT_FOUND if the stack has none: nothing was deployed, or by another version
 */
export function platformOutputs(result: Pick<StackResult, "outputs">, env: string): PlatformOutputs {
  const parsed = parseOutputs(result.outputs);
  if (parsed.ok) return parsed.value;
  throw new SallyportError("DOOR_NOT_FOUND", {
    message: `The platform stack of ${env} has no outputs that can be read.`,
    likely: `It was never deployed, or by another version: ${parsed.problems.map(formatProblem).join("; ")}`,
    values: { env },
  });
}
