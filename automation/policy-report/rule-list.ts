import type { Domain } from "../../policies/library";

/** A rule as `policies list --json` names it. */
export interface ListedRule {
  readonly id: string;
  readonly level: string;
  readonly severity: string;
  readonly title: string;
  readonly domain: string;
}

/** Every rule of the domains, in their order. */
export function listedRules(domains: readonly Domain[]): readonly ListedRule[] {
  return domains.flatMap(({ title: domain, rules }) =>
    rules.map(({ id, level, severity, title }) => ({ id, level, severity, title, domain })),
  );
}

/**
 * The rules as an aligned table, a block for each domain.
 *
 * @example ruleListText(DOMAINS) // "Network\n  net-no-nat  advisory  low  No NAT gateway …\n…\n\n72 rules, 60 mandatory\n"
 */
export function ruleListText(domains: readonly Domain[]): string {
  const all = listedRules(domains);
  const width = (of: (rule: ListedRule) => string): number => Math.max(0, ...all.map((rule) => of(rule).length));
  const widths = [width(({ id }) => id), width(({ level }) => level), width(({ severity }) => severity)] as const;
  const blocks = domains.map(({ title, rules }) => [
    title,
    ...rules.map(({ id, level, severity, title: holds }) =>
      ["", id.padEnd(widths[0]), level.padEnd(widths[1]), severity.padEnd(widths[2]), holds].join("  "),
    ),
  ]);
  const mandatory = all.filter(({ level }) => level === "mandatory").length;
  const count = `${all.length} rules, ${mandatory} mandatory. One of them: sallyport policies explain ID`;
  return `${[...blocks, [count]].map((lines) => lines.join("\n")).join("\n\n")}\n`;
}
