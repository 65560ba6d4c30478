import { readFile } from "node:fs/promises";
import path from "node:path";
import { SallyportError } from "../core/errors";
import { parseAccessFile, type AccessFile } from "../../infra/contract/access-file";
import { parseEnvironmentConfig, type Environment } from "../../infra/contract/environment-config";
import { formatProblem, type Problem, type Result } from "../../infra/contract/result";
import type { ProjectPaths } from "./project-paths";

/** The two files of truth, checked. */
export interface ProjectFiles {
  readonly access: AccessFile;
  readonly environment: Environment;
  /** The environment's file as it was read: the stack's settings are copied from it. */
  readonly environmentText: string;
}

/**
 * Reads and checks `access.yaml` and `Pulumi.<env>.yaml`. Problems of both files are reported together.
 *
 * @throws SallyportError CONFIG_NOT_FOUND, CONFIG_INVALID
 */
export async function loadFiles(paths: ProjectPaths, env: string): Promise<ProjectFiles> {
  const [accessText, environmentText] = await readBoth(paths);
  const access = parseAccessFile(accessText);
  const environment = parseEnvironmentConfig(environmentText);
  if (!access.ok || !environment.ok) {
    throw configInvalid([
      { file: path.basename(paths.accessFile), problems: problemsOf(access) },
      { file: path.basename(paths.environmentFile), problems: problemsOf(environment) },
    ]);
  }
  return { access: access.value, environment: { name: env, config: environment.value }, environmentText };
}

/** One error for every problem of every file: a line each, nothing was changed. */
export function configInvalid(
  files: readonly { readonly file: string; readonly problems: readonly Problem[] }[],
): SallyportError {
  const bad = files.filter(({ problems }) => problems.length > 0);
  const count = (n: number): string => (n === 1 ? "1 problem" : `${n} problems`);
  const head = bad.map(({ file, problems }) => `${file} has ${count(problems.length)}`).join(", ");
  const lines = bad.flatMap(({ file, problems }) => problems.map((problem) => `${file}: ${formatProblem(problem)}`));
  return new SallyportError("CONFIG_INVALID", { message: [`${head}; nothing was changed.`, ...lines].join("\n") });
}

function problemsOf(result: Result<unknown>): readonly Problem[] {
  return result.ok ? [] : result.problems;
}

/** Both texts, or one error that names whichever is missing. */
async function readBoth(paths: ProjectPaths): Promise<[string, string]> {
  const files = [paths.accessFile, paths.environmentFile];
  const [access, environment] = await Promise.allSettled(files.map((file) => readFile(file, "utf8")));
  if (access?.status === "fulfilled" && environment?.status === "fulfilled") return [access.value, environment.value];
  const unread = [access, environment].flatMap((read, at) =>
    read?.status === "rejected" ? [{ file: files[at], cause: read.reason as unknown }] : [],
  );
  throw new SallyportError("CONFIG_NOT_FOUND", {
    message: `${unread.map(({ file }) => file).join(" and ")} cannot be read.`,
    cause: unread[0]?.cause,
  });
}
