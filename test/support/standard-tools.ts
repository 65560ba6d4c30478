import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { ROOT } from "./source-files";

/** What a run of a standard tool said. */
export interface ToolRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const VERSIONS = { aws: "awscli==1.45.11 boto3==1.43.11", psycopg: "psycopg[binary]==3.3.9" };

/** A virtual environment in the machine's cache, by what is in it: clones share it, as they share the engine. */
function toolFolder(tool: keyof typeof VERSIONS): string {
  const cache = process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), ".cache");
  return path.join(cache, "sallyport", "tools", VERSIONS[tool].replace(/[^\w.]+/g, "-"));
}

/** Makes it: at the first use, whole or not at all. Nothing is compiled before it is used. */
function install(tool: keyof typeof VERSIONS): void {
  const folder = toolFolder(tool);
  rmSync(folder, { recursive: true, force: true });
  execFileSync("python3", ["-m", "venv", folder], { stdio: "pipe" });
  const pip = ["-m", "pip", "install", "--quiet", "--no-compile", "--disable-pip-version-check"];
  execFileSync(path.join(folder, "bin", "python"), [...pip, ...VERSIONS[tool].split(" ")], { stdio: "pipe" });
  writeFileSync(path.join(folder, "whole"), "");
}

/**
 * The unmodified AWS CLI and boto3, in a virtual environment of their own in the machine's cache, made at the first use. Throws,
 * naming what is missing, where python3 or its packages cannot be had: never skips.
 */
export function standardTools(): { readonly aws: string; readonly python: string } {
  const folder = toolFolder("aws");
  const [aws, python] = [path.join(folder, "bin", "aws"), path.join(folder, "bin", "python")];
  if (!existsSync(path.join(folder, "whole"))) {
    try {
      install("aws");
    } catch (cause) {
      throw new Error(
        "the AWS CLI and boto3 could not be installed: python3 with venv and pip, and a package index, are needed",
        { cause },
      );
    }
  }
  return { aws, python };
}

/** A Python with psycopg 3 and its own libpq, likewise; never skips. */
export function psycopgPython(): string {
  const folder = toolFolder("psycopg");
  if (!existsSync(path.join(folder, "whole"))) {
    try {
      install("psycopg");
    } catch (cause) {
      throw new Error("psycopg could not be installed: python3 with venv and pip, and a package index, are needed", {
        cause,
      });
    }
  }
  return path.join(folder, "bin", "python");
}

/** Runs a tool with an environment and nothing else. */
export function runTool(command: string, args: readonly string[], env: NodeJS.ProcessEnv): ToolRun {
  const done = spawnSync(command, args, {
    env: { PATH: process.env.PATH, HOME: ROOT, AWS_EC2_METADATA_DISABLED: "true", AWS_PAGER: "", ...env },
    encoding: "utf8",
    timeout: 60_000,
  });
  return { code: done.status ?? 1, stdout: done.stdout, stderr: done.stderr };
}
