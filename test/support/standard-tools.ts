import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { ROOT } from "./source-files";

/** What a run of a standard tool said. */
export interface ToolRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * The unmodified AWS CLI and boto3, in a virtual environment of their own below `.sallyport/tools`, made at the first use. Throws,
 * naming what is missing, where python3 or its packages cannot be had: never skips.
 */
export function standardTools(): { readonly aws: string; readonly python: string } {
  const folder = path.join(ROOT, ".sallyport", "tools", "aws");
  const [aws, python] = [path.join(folder, "bin", "aws"), path.join(folder, "bin", "python")];
  if (!existsSync(aws)) {
    try {
      execFileSync("python3", ["-m", "venv", folder], { stdio: "pipe" });
      execFileSync(
        python,
        ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "awscli==1.45.11", "boto3==1.43.11"],
        { stdio: "pipe" },
      );
    } catch (cause) {
      throw new Error(
        "the AWS CLI and boto3 could not be installed: python3 with venv and pip, and a package index, are needed",
        { cause },
      );
    }
  }
  return { aws, python };
}

/** A Python with psycopg 3 and its own libpq, in a virtual environment below `.sallyport/tools`, made at the first use; never skips. */
export function psycopgPython(): string {
  const python = path.join(ROOT, ".sallyport", "tools", "psycopg", "bin", "python");
  const ready = (): boolean => spawnSync(python, ["-c", "import psycopg"], { stdio: "ignore" }).status === 0;
  if (ready()) return python;
  try {
    execFileSync("python3", ["-m", "venv", path.dirname(path.dirname(python))], { stdio: "pipe" });
    const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
    execFileSync(python, [...pip, "psycopg[binary]==3.3.9"], { stdio: "pipe" });
  } catch (cause) {
    throw new Error("psycopg could not be installed: python3 with venv and pip, and a package index, are needed", {
      cause,
    });
  }
  return python;
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
