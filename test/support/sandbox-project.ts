import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { builtCli, makeProject, runCli, type CliRun } from "./cli-run";

/** A project of its own with an empty sandbox running in it. */
export interface SandboxProject {
  readonly folder: string;
  run(...args: string[]): Promise<CliRun>;
  /** A runner's command, with the environment of `sandbox env --pulumi`, asked once. */
  runner(...args: string[]): Promise<CliRun>;
  /** `export` lines as an environment. */
  environment(...args: string[]): Promise<NodeJS.ProcessEnv>;
  /** `sandbox.json`. */
  contract(): SandboxContract;
  /** Objects of the simulated accounts by Pulumi type. */
  objects(): Promise<Record<string, number>>;
  stop(): Promise<void>;
}

/** What tests read of `sandbox.json`. */
export interface SandboxContract {
  readonly caBundle: string;
  readonly pid: number;
  readonly endpointUrl: string;
  readonly controlToken: string;
  readonly instances: readonly string[];
  readonly documents: readonly string[];
  readonly clusters: Readonly<
    Record<string, { readonly host: string; readonly port: number; readonly resourceId: string }>
  >;
}

/** Starts a sandbox in a folder of its own. `start` are further options of `sandbox start`, e.g. `--up`. */
export async function sandboxProject(name: string, start: readonly string[] = []): Promise<SandboxProject> {
  builtCli();
  const project = makeProject(name);
  const cwd = project.folder;
  const run = (...args: string[]): Promise<CliRun> => runCli(args, { cwd });
  const environment = async (...args: string[]): Promise<NodeJS.ProcessEnv> => {
    const printed = await run("sandbox", "env", ...args);
    assert.equal(printed.code, 0, printed.stderr);
    return shellEnvironment(printed.stdout);
  };
  // Keys and passphrase stay what they are for the sandbox's whole life, also through a reset.
  let runnerEnvironment: Promise<NodeJS.ProcessEnv> | undefined;
  const started = await run("sandbox", "start", "--detach", ...start);
  if (started.code !== 0) project.remove();
  assert.equal(started.code, 0, `${started.stdout}\n${started.stderr}`);
  return {
    folder: cwd,
    run,
    environment,
    runner: async (...args) => runCli(args, { cwd, env: await (runnerEnvironment ??= environment("--pulumi")) }),
    contract: () =>
      JSON.parse(readFileSync(path.join(cwd, ".sallyport", "sandbox", "sandbox.json"), "utf8")) as SandboxContract,
    objects: async () =>
      (JSON.parse((await run("sandbox", "status", "--json")).stdout) as { objects: Record<string, number> }).objects,
    stop: async () => {
      const stopped = await run("sandbox", "stop");
      project.remove();
      assert.equal(stopped.code, 0, stopped.stderr);
    },
  };
}

/** `export NAME='value'` lines, read by a real shell so that their quoting is proven too. */
function shellEnvironment(lines: string): NodeJS.ProcessEnv {
  const text = execFileSync("sh", ["-c", `${lines}\nenv -0`], { encoding: "utf8", env: { PATH: process.env.PATH } });
  return Object.fromEntries(
    text
      .split("\0")
      .filter(Boolean)
      .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
  );
}
