import type { Command } from "commander";
import { parseTarget, type Target } from "../../infra/contract/target";
import { durationOption } from "../client/command-options";
import type { PersonDoorRequest } from "../client/open-person-door";
import { SallyportError } from "../core/errors";

/** Options of every command that goes through a person's door. */
export interface DoorFlags {
  readonly role?: string;
  readonly env?: string;
  readonly estate?: string;
  readonly connectTimeout: string;
  readonly allowEndpointOverride?: boolean;
}

/** Adds them, and the target (or targets), to a command. */
export function doorOptions(command: Command, argument = "[target]"): Command {
  return command
    .argument(argument, "cluster[/database][@reader]; may be left out if there is only one")
    .optionsGroup("Which door:")
    .option("--role <role>", "which of your roles to use")
    .option("--env <env>", "which environment, if you can reach several")
    .option("--estate <estate>", "which estate, if you can reach several")
    .option("--connect-timeout <time>", "for each wait on the way", "15s")
    .option("--allow-endpoint-override", "use AWS_ENDPOINT_URL although the sign-in is real");
}

/**
 * What opening a door takes of them.
 *
 * Errors: USAGE for a target or a time that cannot be read.
 */
export function doorRequest(target: string | undefined, options: DoorFlags): PersonDoorRequest {
  return {
    target: readTarget(target),
    env: options.env,
    estate: options.estate,
    role: options.role,
    connectTimeoutMs: durationOption("--connect-timeout", options.connectTimeout),
    allowOverride: options.allowEndpointOverride === true,
  };
}

function readTarget(text: string | undefined): Target | undefined {
  if (text === undefined) return undefined;
  const target = parseTarget(text);
  if (!target)
    throw new SallyportError("USAGE", { message: `"${text}" is no target: write cluster[/database][@reader].` });
  return target;
}
