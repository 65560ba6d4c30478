import type { Command, CommandContext } from "../core/command-context";
import { SallyportError } from "../core/errors";

/** Loaded when it runs: a check needs the policy SDK, a list does not need the engine. */
const SUBCOMMANDS: Readonly<Record<string, () => Command>> = {
  list: () => require("./policies-list") as Command,
  explain: () => require("./policies-explain") as Command,
  check: () => require("./policies-check") as Command,
};

const HELP = `Usage: sallyport policies <list|explain|check> [options]

The rules that look at every change, and what they say of what already exists.

  list          every rule: level, severity, what holds
  explain ID    one rule: why, how to fix, settings, how to set its level and exempt a resource
  check         the rules against the state of a stack, without its program

Examples:
  sallyport policies list
  sallyport policies explain sg-no-world
  sallyport policies check --env prod
  sallyport policies check --stack organization/shop/prod --config policies.json

Exit codes: 0 nothing mandatory, 2 wrong usage or bad files, 3 something mandatory was found.
`;

/** `sallyport policies …`: the pack's rules, for people and for stacks that exist. */
export async function run(args: string[], context: CommandContext): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === "--help" || name === "-h" || name === "help") {
    context.stdout(HELP);
    return name === undefined ? 2 : 0;
  }
  const load = Object.hasOwn(SUBCOMMANDS, name) ? SUBCOMMANDS[name] : undefined;
  if (!load) {
    throw new SallyportError("USAGE", {
      message: `sallyport policies: there is no "${name}".`,
      likely: `There are: ${Object.keys(SUBCOMMANDS).join(", ")}.`,
      next: "sallyport policies --help",
    });
  }
  return load().run(rest, context);
}
