import { existsSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { CommandContext } from "../core/command-context";
import { networkFetch } from "../network/network-fetch";
import { readNetwork } from "../network/network-settings";
import { exportState } from "../policy-state/export-state";
import { checkedConfiguration, readConfigurationFile } from "../policy-state/read-configuration";
import { parseState, readStateFile } from "../policy-state/read-state";
import type { StackState } from "../policy-state/state-resources";
import { defaultEngineCache, ensureEngine } from "../pulumi/engine/ensure-engine";
import { loadFiles } from "../runner/load-files";
import { PLATFORM_PROJECT } from "../runner/platform-stack";
import { policyConfiguration } from "../runner/policy-configuration";
import { projectPaths } from "../runner/project-paths";
import { readConfiguration, RULES, type Configuration } from "../../policies/library";
import { consentOf } from "./environment-options";

/** Options that say what is checked, and by which configuration. */
export interface SourceOptions {
  readonly env: string;
  readonly stack?: string;
  readonly state?: string;
  readonly config?: string;
  readonly install: boolean;
}

/** What is checked. */
export interface CheckedSource {
  readonly state: StackState;
  readonly configuration: Configuration;
  /** As people name it. */
  readonly from: string;
}

/**
 * The state to check and the configuration to check it by. What is cheap to refuse is refused before the engine is asked.
 *
 * @throws SallyportError POLICY_CONFIG_INVALID, STATE_INVALID, CONFIG_*, ENGINE_*, NETWORK_SETTINGS_INVALID
 */
export async function checkedSource(options: SourceOptions, context: CommandContext): Promise<CheckedSource> {
  const inFolder = (file: string): string => path.resolve(context.cwd, file);
  const own = options.config === undefined ? undefined : await readConfigurationFile(inFolder(options.config));
  if (options.state !== undefined) {
    const state = await readStateFile(inFolder(options.state));
    return { state, configuration: own ?? checkedConfiguration({}, "no file"), from: options.state };
  }
  if (options.stack !== undefined) {
    const configuration = own ?? checkedConfiguration({}, "no file");
    return { state: await exported(options.stack, context.cwd, options, context), configuration, from: options.stack };
  }
  const configuration = own ?? (await environmentConfiguration(options.env, context));
  const { root, stackFolder } = projectPaths(context.cwd, options.env);
  // The runner's own folder, where it has been; else the project, whose stack is the same.
  const workDir = path.join(stackFolder, PLATFORM_PROJECT);
  const folder = existsSync(path.join(workDir, "Pulumi.yaml")) ? workDir : root;
  return {
    state: await exported(options.env, folder, options, context),
    configuration,
    from: `${PLATFORM_PROJECT}/${options.env}`,
  };
}

/** As the gate of `up` has it: what the environment's file says of rules, and what only the access file knows. */
async function environmentConfiguration(env: string, context: CommandContext): Promise<Configuration> {
  const files = await loadFiles(projectPaths(context.cwd, env), env);
  const configuration = policyConfiguration(files, (written) => {
    const result = readConfiguration(RULES, written);
    return result.ok ? [] : result.problems;
  });
  return checkedConfiguration(configuration, `Pulumi.${env}.yaml`);
}

async function exported(
  stack: string,
  folder: string,
  { install }: SourceOptions,
  context: CommandContext,
): Promise<StackState> {
  const { env, cwd, clock, reporter, redactor, signal } = context;
  const { command } = await ensureEngine({
    env,
    cacheDir: defaultEngineCache(env, os.homedir()),
    clock,
    reporter,
    consent: consentOf({}, context),
    install,
    fetch: networkFetch(readNetwork({ env, cwd, redactor }), context),
    signal,
  });
  const text = await exportState({ command, stack, cwd: folder, env, signal });
  return parseState(text, `the export of ${stack}`);
}
