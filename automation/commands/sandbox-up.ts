import type { CommandContext } from "../core/command-context";
import { askControl } from "../sandbox/daemon/control-client";
import { runnerEnvironment, runnerVariables, type RunnerKeys } from "../sandbox/daemon/environment";
import { runOwnChild } from "./own-child";
import { runningSandbox } from "./sandbox-process";

/** Deploys `dev` into the running sandbox: `sallyport up` as a child, in a runner's environment; no second code path. Its exit code. */
export async function upInSandbox(context: CommandContext): Promise<number> {
  const { folder, file } = await runningSandbox(context.cwd);
  const keys = (await askControl(file, "GET runner")) as RunnerKeys;
  context.redactor.register(keys.secretAccessKey);
  const args = [
    "up",
    "--env",
    "dev",
    "--yes",
    ...(context.json ? ["--json"] : []),
    ...(context.quiet ? ["--quiet"] : []),
  ];
  const env = runnerEnvironment(context.env, runnerVariables(folder, file, keys));
  return runOwnChild(args, { cwd: context.cwd, env }, context, ({ stdout, stderr }) => {
    stdout.setEncoding("utf8").on("data", (text: string) => context.stdout(text));
    stderr.setEncoding("utf8").on("data", (text: string) => context.stderr(text));
  });
}
