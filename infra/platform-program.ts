import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { parseAccessFile, type AccessFile } from "./contract/access-file";
import { environmentAccess } from "./contract/environment-access";
import { environmentConfigOf, type EnvironmentConfig } from "./contract/environment-config";
import { environmentLimitProblems } from "./contract/environment-limits";
import { PLATFORM_OUTPUT } from "./contract/outputs";
import { formatProblem, type Problem, type Result } from "./contract/result";
import { Platform } from "./platform";

/**
 * The platform stack as a program: for plain `pulumi up` (by index.ts) and for the runner (inline). It reads the stack's
 * configuration and `access.yaml`, whose path (`sallyport:accessFile`) is relative to the working directory: the folder of
 * Pulumi.yaml in both cases.
 *
 * @returns one output, `platform`: see contract/outputs.ts.
 * @throws pulumi.RunError with all problems of both files, one per line.
 */
export async function platformProgram(): Promise<Record<string, unknown>> {
  const config = demand("configuration", environmentConfigOf(pulumi.runtime.allConfig()));
  const access = demand(config.accessFile, readAccess(config));
  const environment = { name: pulumi.getStack(), config };
  const roles = demand(config.accessFile, environmentAccess(access, environment));
  refuse(config.accessFile, environmentLimitProblems(access, environment, roles));
  const platform = new Platform("platform", { access, environment, roles });
  return { [PLATFORM_OUTPUT]: platform.outputs };
}

function readAccess(config: EnvironmentConfig): Result<AccessFile> {
  let text: string;
  try {
    text = readFileSync(config.accessFile, "utf8");
  } catch (error) {
    throw new pulumi.RunError(
      `cannot read ${config.accessFile}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  return parseAccessFile(text);
}

function demand<T>(file: string, result: Result<T>): T {
  if (result.ok) return result.value;
  return refuse(file, result.problems);
}

function refuse(file: string, problems: readonly Problem[]): never;
function refuse(file: string, problems: readonly Problem[]): undefined;
function refuse(file: string, problems: readonly Problem[]): undefined {
  if (problems.length === 0) return undefined;
  throw new pulumi.RunError(problems.map((problem) => `${file}: ${formatProblem(problem)}`).join("\n"));
}
