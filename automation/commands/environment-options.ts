import { createInterface } from "node:readline/promises";
import type { Command } from "commander";
import { durationOption } from "../client/command-options";
import type { CommandContext } from "../core/command-context";
import { SallyportError } from "../core/errors";
import type { Consent } from "../pulumi/engine/ensure-engine";
import { policyPackFolder } from "../runner/policy-pack";
import type { ProjectRequest } from "../runner/project";

/** Options that every command over an environment has. */
export interface EnvironmentOptions {
  readonly env: string;
  readonly yes?: boolean;
  readonly install: boolean;
  readonly program?: string;
  readonly allowEndpointOverride?: boolean;
}

/** Adds them to a command. */
export function environmentOptions(command: Command): Command {
  return command
    .option("--env <env>", "the environment: the name of Pulumi.<env>.yaml", "dev")
    .option("--no-install", "neither download nor build a Pulumi engine")
    .option("--program <folder>", "a folder with a changed copy of infra/ to run instead of the built one")
    .option("--allow-endpoint-override", "use AWS_ENDPOINT_URL although the accounts are real");
}

/** What the runner takes of them. */
export function environmentRequest(
  options: EnvironmentOptions,
  context: CommandContext,
): ProjectRequest & { readonly programFolder: string | undefined } {
  return {
    root: context.cwd,
    env: options.env,
    allowEndpointOverride: options.allowEndpointOverride === true,
    install: options.install,
    consent: consentOf(options, context),
    programFolder: options.program,
  };
}

/** Options of commands that bring databases to the matrix. */
export interface ConvergeFlags extends EnvironmentOptions {
  readonly wait: string;
  readonly connectTimeout: string;
  readonly allowRemovals?: string;
}

/** Adds them to a command. */
export function convergeOptions(command: Command): Command {
  return environmentOptions(command)
    .option("-y, --yes", "do not ask")
    .option("--wait <time>", "how long to wait for the door and the clusters", "10m")
    .option("--connect-timeout <time>", "for each wait on the way to a database", "15s")
    .option("--allow-removals <n>", "how many people may lose all access at once");
}

/** What the runner takes of them. */
export function convergeRequest(options: ConvergeFlags, context: CommandContext) {
  return {
    ...environmentRequest(options, context),
    waitMs: durationOption("--wait", options.wait),
    connectTimeoutMs: durationOption("--connect-timeout", options.connectTimeout),
    allowRemovals: countOption("--allow-removals", options.allowRemovals),
  };
}

function countOption(name: string, value: string | undefined): number | undefined {
  if (value === undefined || /^\d{1,6}$/.test(value)) return value === undefined ? undefined : Number(value);
  throw new SallyportError("USAGE", { message: `${name} takes a number of people, not "${value}".` });
}

/**
 * Changes an environment only with `--yes` or a yes at a terminal.
 *
 * @throws SallyportError USAGE
 */
export async function demandYes(
  options: EnvironmentOptions,
  context: CommandContext,
  act: { readonly command: string; readonly done: string; readonly question: string },
): Promise<void> {
  if (options.yes === true || (context.interactive && (await ask(act.question, context)))) return;
  throw new SallyportError("USAGE", {
    message: `Nothing was done: ${options.env} is ${act.done} only with --yes or a yes at a terminal.`,
    next: `sallyport ${act.command} --env ${options.env} --yes`,
  });
}

/** The gate's pack; without one it is said. */
export function gateOf(options: { readonly policies: boolean }, context: CommandContext): string | undefined {
  if (options.policies) return policyPackFolder();
  context.stderr("  ! No policy looks at this change (--no-policies).\n");
  return undefined;
}

/** Asks on the terminal; without one, in CI or with --yes the answer is yes. */
export function consentOf(options: Pick<EnvironmentOptions, "yes">, context: CommandContext): Consent {
  if (options.yes === true || context.env.CI !== undefined || !context.interactive) return "yes";
  return (question) => ask(question, context);
}

/** A yes-or-no question on the terminal; anything but yes is no. */
export async function ask(question: string, context: CommandContext): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question(`${question} [y/N] `, { signal: context.signal });
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    terminal.close();
  }
}
