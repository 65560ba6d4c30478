import type { CommandContext } from "../core/command-context";
import { SallyportError } from "../core/errors";
import { sandboxEnv } from "./sandbox-env";
import { sandboxFault } from "./sandbox-fault";
import { sandboxReset } from "./sandbox-reset";
import { sandboxStart } from "./sandbox-start";
import { sandboxStatus } from "./sandbox-status";
import { sandboxStop } from "./sandbox-stop";

const SUBCOMMANDS: Readonly<Record<string, (args: string[], context: CommandContext) => Promise<number>>> = {
  start: sandboxStart,
  stop: sandboxStop,
  status: sandboxStatus,
  reset: sandboxReset,
  env: sandboxEnv,
  fault: sandboxFault,
};

const HELP = `Usage: sallyport sandbox <start|stop|status|reset|env|fault> [options]

A simulated AWS estate on this machine, with real PostgreSQL behind it. It proves nothing about a real account.

  start [--up] [--detach] [--port N] [--speed N]   two empty accounts and a directory; --up deploys dev too
  stop                                             end it; its account is gone
  status                                           what is in it, and why an agent is silent
  reset                                            back to the empty account
  env --as PERSON [--role SET]                     a person's credentials, as export lines
  env --pulumi                                     what "pulumi preview" by hand needs, as export lines
  fault [NAME [VALUE] …]                           faults of line, gateway, agents and account; alone: how they stand

Examples:
  sallyport sandbox start --up --detach
  eval "$(sallyport sandbox env --as jane@example.com)" && aws sts get-caller-identity
  eval "$(sallyport sandbox env --pulumi)" && pulumi preview

Exit codes: 0 done, 2 it already runs, 6 it does not run or the port is taken.
`;

/** `sallyport sandbox …`: the simulated estate as a process of this folder. */
export async function run(args: string[], context: CommandContext): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === "--help" || name === "-h" || name === "help") {
    context.stdout(HELP);
    return name === undefined ? 2 : 0;
  }
  const subcommand = Object.hasOwn(SUBCOMMANDS, name) ? SUBCOMMANDS[name] : undefined;
  if (!subcommand) {
    throw new SallyportError("USAGE", {
      message: `sallyport sandbox: there is no "${name}".`,
      likely: `There are: ${Object.keys(SUBCOMMANDS).join(", ")}.`,
      next: "sallyport sandbox --help",
    });
  }
  return subcommand(rest, context);
}
