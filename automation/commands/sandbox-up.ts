import { spawn } from "node:child_process";
import type { CommandContext } from "../core/command-context";
import { asSallyportError } from "../core/errors";
import { askControl } from "../sandbox/daemon/control-client";
import { runnerEnvironment, runnerVariables, type RunnerKeys } from "../sandbox/daemon/environment";
import { runningSandbox } from "./sandbox-process";

/** Deploys `dev` into the running sandbox: `sallyport up` as a child, in a runner's environment; no second code path. Its exit code. */
export async function upInSandbox(context: CommandContext): Promise<number> {
  const { folder, file } = await runningSandbox(context.cwd);
  const keys = (await askControl(file, "GET runner")) as RunnerKeys;
  context.redactor.register(keys.secretAccessKey);
  const [program = process.execPath, ...first] = context.cliCommand;
  const args = [
    ...first,
    "up",
    "--env",
    "dev",
    "--yes",
    ...(context.json ? ["--json"] : []),
    ...(context.quiet ? ["--quiet"] : []),
  ];
  // A group of its own, so that Ctrl-C reaches it through us alone, once.
  const child = spawn(program, args, {
    cwd: context.cwd,
    env: runnerEnvironment(context.env, runnerVariables(folder, file, keys)),
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.stdout.setEncoding("utf8").on("data", (text: string) => context.stdout(text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => context.stderr(text));
  const hand = (): void =>
    void child.kill(asSallyportError(context.signal.reason).code === "TERMINATED" ? "SIGTERM" : "SIGINT");
  if (context.signal.aborted) hand();
  context.signal.addEventListener("abort", hand, { once: true });
  try {
    const code = await new Promise<number>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (exit) => resolve(exit ?? 1));
    });
    if (context.signal.aborted) throw context.signal.reason;
    return code;
  } finally {
    context.signal.removeEventListener("abort", hand);
  }
}
