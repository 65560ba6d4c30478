import { spawn } from "node:child_process";
import path from "node:path";
import * as automation from "@pulumi/pulumi/automation";
import type { StackSettings } from "./stack-engine";

/** What a run of the engine said and how it ended. */
export interface EngineEnd {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

/** The part of the SDK's `PulumiCommand` that it calls but does not type publicly (automation/cmd.js). */
export interface EngineCommand {
  readonly command: string;
  run(
    args: readonly string[],
    cwd: string,
    additionalEnv: Readonly<Record<string, string>>,
    onOutput?: (text: string) => void,
    onError?: (text: string) => void,
    signal?: AbortSignal,
  ): Promise<EngineEnd>;
}

/** How the engine is started. */
export interface EngineCommandOptions {
  readonly engine: StackSettings["engine"];
  /** The whole environment; what the SDK adds comes on top. */
  readonly env: StackSettings["env"];
  /** The folder of the Node that helper programs and relays shall run on. */
  readonly nodeFolder: string;
  /** False: `stack output` is answered with none, for a stack whose outputs nobody reads. */
  readonly readsOutputs?: boolean;
}

/** Exported by the SDK at run time, kept out of its types. */
const sdk = automation as unknown as {
  readonly CommandResult: new (stdout: string, stderr: string, code: number, error?: Error) => EngineEnd;
  readonly createCommandError: (result: EngineEnd) => Error;
};

/**
 * The Automation API's `PulumiCommand` with a `run` of our own: the engine gets its own process group and exactly one SIGINT when
 * the signal aborts. The SDK's own shares our group, so a terminal's Ctrl-C reaches the engine beside our abort, and after two
 * SIGINTs it stops at once and forgets the resource that is being created. Its environment is what was given, not this process's.
 */
export function engineCommand(options: EngineCommandOptions): EngineCommand {
  // The SDK compares versions with semver, which takes a string as well as its own class.
  const version = options.engine.version;
  const asked = outputsOnce(runDetached(options));
  const run: EngineCommand["run"] = (args, ...more) => {
    const known = unread(args, options);
    return known === undefined ? asked(args, ...more) : Promise.resolve(new sdk.CommandResult(known, "", 0));
  };
  return { command: options.engine.command, version, run } as EngineCommand;
}

/**
 * After each update the SDK asks for history and outputs (automation/stack.js): up to a second each, and a query each on a backend
 * far away. Nobody here reads the history; an empty one is "no summary" to the SDK.
 */
function unread([area, what]: readonly string[], { readsOutputs = true }: EngineCommandOptions): string | undefined {
  if (area !== "stack") return undefined;
  if (what === "history") return "[]";
  return what === "output" && !readsOutputs ? "{}" : undefined;
}

const SHOW_SECRETS = "--show-secrets";

/**
 * The SDK reads outputs twice in a row, masked and in clear, and takes for a secret what is masked (automation/localWorkspace.js,
 * `stackOutputs`). Where nothing is masked, the second answer is the first.
 */
function outputsOnce(asked: EngineCommand["run"]): EngineCommand["run"] {
  let masked: { readonly args: string; readonly end: EngineEnd } | undefined;
  return async (args, ...more) => {
    const before = masked;
    masked = undefined;
    const clear = args.includes(SHOW_SECRETS);
    const plain = args.filter((each) => each !== SHOW_SECRETS).join(" ");
    if (clear && before?.args === plain && !before.end.stdout.includes('"[secret]"')) return before.end;
    const end = await asked(args, ...more);
    if (args[0] === "stack" && args[1] === "output" && !clear) masked = { args: plain, end };
    return end;
  };
}

function runDetached({ engine, env, nodeFolder }: EngineCommandOptions): EngineCommand["run"] {
  return (args, cwd, additional, onOutput, onError, signal) =>
    new Promise((resolve, reject) => {
      const folders = [path.dirname(engine.command), nodeFolder, env.PATH ?? ""];
      const own = {
        PATH: folders.join(path.delimiter),
        PULUMI_AUTOMATION_API: "true",
        PULUMI_SKIP_UPDATE_CHECK: "true",
      };
      const child = spawn(engine.command, args.includes("--non-interactive") ? args : [...args, "--non-interactive"], {
        cwd,
        env: { ...env, ...additional, ...own },
        detached: true,
        stdio: ["ignore", "pipe", "pipe"],
      });
      let stdout = "";
      let stderr = "";
      child.stdout.setEncoding("utf8").on("data", (text: string) => {
        stdout += text;
        onOutput?.(text);
      });
      child.stderr.setEncoding("utf8").on("data", (text: string) => {
        stderr += text;
        onError?.(text);
      });
      const interrupt = (): void => void child.kill("SIGINT");
      if (signal?.aborted) interrupt();
      else signal?.addEventListener("abort", interrupt, { once: true });
      const end = (code: number, error?: Error): void => {
        signal?.removeEventListener("abort", interrupt);
        const result = new sdk.CommandResult(stdout, stderr, code, error);
        if (code === 0) resolve(result);
        else reject(sdk.createCommandError(result));
      };
      child.on("error", (error) => end(-2, error));
      child.on("close", (code, by) => end(code ?? -1, by ? new Error(`ended by ${by}`) : undefined));
    });
}
