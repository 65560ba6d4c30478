import { spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { ROOT } from "./source-files";

/** What a run of the command line left behind. */
export interface CliRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** The NDJSON lines of `--json`, progress and result. */
  readonly events: readonly Record<string, unknown>[];
  /** The last `result` line of `--json`, if there was one. */
  readonly result: Record<string, unknown> | undefined;
}

/** The bundle, built from the sources as they are now. */
export function builtCli(): string {
  const done = spawnSync(process.execPath, [path.join(ROOT, "automation", "bootstrap.mjs"), "--version"], {
    cwd: ROOT,
    encoding: "utf8",
  });
  if (done.status !== 0) throw new Error(`the bundle could not be built:\n${done.stderr}`);
  return path.join(ROOT, "dist", "cli.cjs");
}

/**
 * A project folder of its own: the committed access.yaml and Pulumi.dev.yaml, and its own `.sallyport/`, so that tests share
 * nothing. `keep` names further paths of the repository to copy.
 */
export function makeProject(name: string, keep: readonly string[] = []): { readonly folder: string; remove(): void } {
  const base = path.join(ROOT, ".sallyport", "test");
  mkdirSync(base, { recursive: true, mode: 0o700 });
  const folder = mkdtempSync(path.join(base, `${name}-`));
  for (const file of ["access.yaml", "Pulumi.yaml", "Pulumi.dev.yaml", ...keep])
    cpSync(path.join(ROOT, file), path.join(folder, file), { recursive: true });
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** The environment of a person's fresh shell: nothing of AWS, Pulumi or the sandbox in it. */
export function plainEnvironment(folder: string): NodeJS.ProcessEnv {
  const kept = ["PATH", "LANG", "TMPDIR", "XDG_CACHE_HOME", "GOPATH", "GOPROXY", "GOFLAGS", "GOCACHE", "CI"];
  const env: NodeJS.ProcessEnv = { HOME: os.homedir(), SALLYPORT_HOME: path.join(folder, ".sallyport", "client") };
  for (const name of kept) if (process.env[name] !== undefined) env[name] = process.env[name];
  return env;
}

/** Runs `sallyport ARGS` from the bundle in a folder and waits for its end. A run over `timeoutMs` is killed and fails the test. */
export async function runCli(
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: NodeJS.ProcessEnv; readonly timeoutMs?: number },
): Promise<CliRun> {
  const cli = path.join(ROOT, "dist", "cli.cjs");
  if (!existsSync(cli)) builtCli();
  const child = spawn(process.execPath, [cli, ...args], {
    cwd: options.cwd,
    env: { ...plainEnvironment(options.cwd), ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString("utf8")));
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString("utf8")));
  const limit = options.timeoutMs ?? 180_000;
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    child.kill("SIGKILL");
  }, limit);
  // `exit`, not `close`: a detached sandbox may keep the pipes open.
  const code = await new Promise<number>((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (exit, signal) => setImmediate(() => resolve(exit ?? (signal === "SIGKILL" ? 137 : 1))));
  });
  clearTimeout(timer);
  if (late) throw new Error(`sallyport ${args.join(" ")} did not end within ${limit} ms\n${stdout}\n${stderr}`);
  const events = `${stdout}\n${stderr}`.split("\n").flatMap((line) => parseEvent(line));
  return { code, stdout, stderr, events, result: events.filter((event) => event.type === "result").at(-1) };
}

function parseEvent(line: string): Record<string, unknown>[] {
  if (!line.startsWith("{")) return [];
  try {
    const value = JSON.parse(line) as Record<string, unknown>;
    return value.v === 1 ? [value] : [];
  } catch {
    return [];
  }
}
