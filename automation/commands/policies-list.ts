import { parseOptions } from "../client/command-options";
import type { CommandContext } from "../core/command-context";
import { listedRules, ruleListText } from "../policy-report/rule-list";
import { DOMAINS, PACK_NAME } from "../../policies/library";

/** `sallyport policies list`: every rule of the pack; `--json` = one document. */
export async function run(args: string[], context: CommandContext): Promise<number> {
  const description = "Every rule: level, severity, what holds; by what it is about.";
  const parsed = parseOptions(
    (command) => command.name("sallyport policies list").description(description),
    args,
    context,
  );
  if (!parsed) return 0;
  context.stdout(
    context.json
      ? `${JSON.stringify({ v: 1, pack: PACK_NAME, rules: listedRules(DOMAINS) }, undefined, 2)}\n`
      : ruleListText(DOMAINS),
  );
  return 0;
}
