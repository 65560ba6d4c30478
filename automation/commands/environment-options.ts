import { createInterface } from "node:readline/promises";
import type { Command } from "commander";
import type { Consent } from "../pulumi/engine/ensure-engine";
import type { CommandContext } from "../core/command-context";

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
