import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { CommandContext } from "../core/command-context";
import { SallyportError } from "../core/errors";
import { defaultEngineCache, ensureEngine } from "../pulumi/engine/ensure-engine";
import { runProgram } from "../pulumi/engine/run-program";
import { askControl } from "../sandbox/daemon/control-client";
import { runnerEnvironment, runnerVariables, type RunnerKeys } from "../sandbox/daemon/environment";
import { exportLines, shellWord } from "../sandbox/daemon/export-lines";
import { runningSandbox } from "./sandbox-process";

const STACK = "dev";

/**
 * What `pulumi preview` by hand needs in this folder, as lines for a shell; makes sure that the stack `dev` exists. The engine gets
 * a copy of the committed settings: it writes into the file that it is given.
 *
 * Errors: SANDBOX_NOT_RUNNING, CONFIG_NOT_FOUND, ENGINE_NOT_FOUND and the like, ENGINE_FAILED.
 */
export async function pulumiLines(context: CommandContext): Promise<string> {
  const { folder, file } = await runningSandbox(context.cwd);
  context.redactor.register(file.controlToken);
  const keys = (await askControl(file, "GET runner")) as RunnerKeys;
  context.redactor.register(keys.secretAccessKey);
  const engine = await ensureEngine({
    env: context.env,
    cacheDir: defaultEngineCache(context.env, os.homedir()),
    clock: context.clock,
    reporter: context.reporter,
    consent: "yes",
    install: true,
    signal: context.signal,
  });
  const variables = {
    ...runnerVariables(folder, file, keys),
    PULUMI_STACK: STACK,
    PULUMI_OPTION_CONFIG_FILE: copySettings(context.cwd),
  };
  const places = [engine.binFolder, toolFolder(context.cwd)];
  const environment = runnerEnvironment(context.env, {
    ...variables,
    PATH: [...places, context.env.PATH ?? ""].join(path.delimiter),
  });
  const made = path.join(folder.backend, ".pulumi", "stacks", "sallyport", `${STACK}.json`);
  if (!existsSync(made)) await makeStack(engine.command, context, environment);
  return `${exportLines(variables)}export PATH=${shellWord(places.join(path.delimiter))}:"$PATH"\n`;
}

/** Copies Pulumi.dev.yaml beside the runner's files; the salt that the engine added to an earlier copy is kept. */
function copySettings(cwd: string): string {
  const committed = path.join(cwd, `Pulumi.${STACK}.yaml`);
  if (!existsSync(committed))
    throw new SallyportError("CONFIG_NOT_FOUND", { message: `There is no Pulumi.${STACK}.yaml in ${cwd}.` });
  const copy = path.join(cwd, ".sallyport", "stacks", STACK, `Pulumi.${STACK}.yaml`);
  const salt = existsSync(copy) ? saltLine(readFileSync(copy, "utf8")) : "";
  mkdirSync(path.dirname(copy), { recursive: true, mode: 0o700 });
  writeFileSync(copy, withSalt(readFileSync(committed, "utf8"), salt), { mode: 0o600 });
  return copy;
}

/** The line of settings that tells how secrets were encrypted; empty if there is none. */
export function saltLine(settings: string): string {
  return /^encryptionsalt: .*$/m.exec(settings)?.[0] ?? "";
}

/** Settings with a salt line, unless they have one of their own. */
export function withSalt(settings: string, salt: string): string {
  if (salt === "" || saltLine(settings) !== "") return settings;
  return `${settings.replace(/\n*$/, "\n")}${salt}\n`;
}

async function makeStack(
  command: string,
  context: CommandContext,
  env: Readonly<Record<string, string>>,
): Promise<void> {
  // PULUMI_STACK would name a stack that is not there yet.
  const { PULUMI_STACK: _later, ...without } = env;
  const made = await runProgram(command, ["stack", "init", STACK, "--non-interactive"], {
    cwd: context.cwd,
    env: without,
    signal: context.signal,
  });
  if (made.code !== 0 && !/already exists/.test(made.output)) {
    throw new SallyportError("ENGINE_FAILED", {
      message: `The stack ${STACK} could not be made: ${context.redactor.redact(made.output.trim())}`,
    });
  }
}

/** `node_modules/.bin` of the project, or of where this program lies. */
function toolFolder(cwd: string, from: string = __dirname): string {
  const places = [cwd, path.join(from, ".."), path.join(from, "..", "..")].map((folder) =>
    path.join(folder, "node_modules", ".bin"),
  );
  return places.find((folder) => existsSync(folder)) ?? path.join(cwd, "node_modules", ".bin");
}
