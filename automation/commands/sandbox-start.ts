import { parseOptions } from "../client/command-options";
import type { CommandContext } from "../core/command-context";
import { SallyportError } from "../core/errors";
import { sandboxFolder } from "../sandbox/daemon/sandbox-folder";
import { startDaemon, type StartedDaemon } from "./sandbox-daemon";
import { clearRun, runningSandbox, sandboxState } from "./sandbox-process";
import { writeResult } from "./result-line";
import { upInSandbox } from "./sandbox-up";

interface Options {
  readonly up?: boolean;
  readonly detach?: boolean;
  readonly port: string;
  readonly speed: string;
}

/** `sallyport sandbox start`: the empty estate; with `--up` also `dev` in it. Without `--detach` it stays until Ctrl-C. */
export async function sandboxStart(args: string[], context: CommandContext): Promise<number> {
  const parsed = parseOptions(
    (command) =>
      command
        .name("sallyport sandbox start")
        .description("Start a simulated AWS estate with real PostgreSQL in this folder.")
        .option("--up", "deploy the environment dev too")
        .option("--detach", "return when it is ready; sallyport sandbox stop ends it")
        .option("--port <number>", "the port of its APIs; any free one when left out", "0")
        .option("--speed <number>", "how many times faster than AWS it is; 1 = real", "120"),
    args,
    context,
  );
  if (!parsed) return 0;
  const options = parsed.opts<Options>();
  const daemon = await started(options, context);
  if (!daemon) return upInSandbox(context);
  try {
    const { file } = await runningSandbox(context.cwd);
    context.redactor.register(file.controlToken);
    context.stderr(
      `SANDBOX  simulated AWS at ${file.endpointUrl}; accounts ${file.accounts.map(({ id }) => id).join(", ")} are no real ones.\n`,
    );
    const code = options.up === true ? await upInSandbox(context) : 0;
    if (code === 0 && options.up !== true) writeResult(context, { endpointUrl: file.endpointUrl, pid: file.pid });
    if (options.detach === true) return code;
    if (code !== 0) {
      await ended(daemon);
      return code;
    }
    return await stay(daemon, context);
  } catch (error) {
    if (options.detach !== true) await ended(daemon);
    throw error;
  }
}

/** The started daemon; nothing when one runs already and `--up` has something to do in it. */
async function started(options: Options, context: CommandContext): Promise<StartedDaemon | undefined> {
  const order = {
    projectRoot: context.cwd,
    port: whole("--port", options.port, 0, 65_535),
    speed: whole("--speed", options.speed, 1, 100_000),
    detached: options.detach === true,
  };
  const folder = sandboxFolder(context.cwd);
  const found = await sandboxState(folder);
  if (found.state === "running") {
    // Running the same command again after a failed `up` goes on where it stopped.
    if (options.up === true && options.detach === true && found.file) return undefined;
    throw new SallyportError("SANDBOX_RUNNING", {
      message: `A sandbox already runs in this folder (pid ${found.mark.pid}).`,
    });
  }
  const say = (type: string, mark: "going" | "done" | "note", text: string): void =>
    context.reporter.report({ type, stage: "Sandbox", mark, text });
  if (found.state === "stale") say("sandbox.cleared", "note", "cleared what a killed sandbox had left");
  clearRun(folder);
  const begun = context.clock.now();
  say("sandbox.starting", "going", "starting");
  const daemon = await startDaemon(folder, order, context.env, context.signal);
  context.reporter.report({
    type: "sandbox.started",
    stage: "Sandbox",
    mark: "done",
    text: "ready",
    ms: context.clock.now() - begun,
  });
  return daemon;
}

/** Stays until the sandbox ends or somebody ends us. */
async function stay(daemon: StartedDaemon, context: CommandContext): Promise<number> {
  context.stderr("Ctrl-C ends it.\n");
  const { signal } = context;
  const aborted = new Promise<"aborted">((resolve) => {
    if (signal.aborted) return resolve("aborted");
    signal.addEventListener("abort", () => resolve("aborted"), { once: true });
  });
  const first = await Promise.race([daemon.ended.then(() => "ended" as const), aborted]);
  await ended(daemon);
  if (first === "aborted") throw signal.reason;
  throw new SallyportError("SANDBOX_NOT_RUNNING", {
    message: "The sandbox has ended.",
    likely: "Somebody stopped it; its last words are in .sallyport/sandbox/sandbox.log.",
  });
}

async function ended(daemon: StartedDaemon): Promise<void> {
  daemon.stop();
  await daemon.ended;
}

function whole(option: string, text: string, least: number, most: number): number {
  const number = /^\d{1,6}$/.test(text) ? Number(text) : NaN;
  if (number >= least && number <= most) return number;
  throw new SallyportError("USAGE", { message: `${option} ${text}: write a whole number from ${least} to ${most}.` });
}
