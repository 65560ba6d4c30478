import { parseOptions } from "../client/command-options";
import type { CommandContext } from "../core/command-context";
import { SallyportError } from "../core/errors";
import { explanationText, ruleExplanation } from "../policy-report/rule-explanation";
import { DOMAINS, type Rule } from "../../policies/library";
import { nearest } from "../../policies/problem";

const EXAMPLES = `
Examples:
  sallyport policies explain sg-no-world
  sallyport policies explain rds-backups --json

Exit codes: 0 done, 2 there is no such rule.`;

/** `sallyport policies explain ID`: all that a rule tells about itself; `--json` = one document. */
export async function run(args: string[], context: CommandContext): Promise<number> {
  const parsed = parseOptions(
    (command) =>
      command
        .name("sallyport policies explain")
        .description("One rule: why, how to fix, settings, and how to set its level and exempt a resource.")
        .argument("<id>", "a rule, as `sallyport policies list` names it")
        .addHelpText("after", EXAMPLES),
    args,
    context,
  );
  if (!parsed) return 0;
  const { rule, domain } = findRule(parsed.args[0] ?? "");
  const explained = ruleExplanation(rule, domain);
  context.stdout(
    context.json ? `${JSON.stringify({ v: 1, ...explained }, undefined, 2)}\n` : explanationText(explained),
  );
  return 0;
}

function findRule(id: string): { readonly rule: Rule; readonly domain: string } {
  const all = DOMAINS.flatMap(({ title, rules }) => rules.map((rule) => ({ rule, domain: title })));
  const found = all.find(({ rule }) => rule.id === id);
  if (found) return found;
  const guess = nearest(
    id,
    all.map(({ rule }) => rule.id),
  );
  throw new SallyportError("USAGE", {
    message: `There is no rule "${id}".`,
    ...(guess === undefined ? {} : { likely: `Did you mean "${guess}"?` }),
    next: guess === undefined ? "sallyport policies list" : `sallyport policies explain ${guess}`,
  });
}
