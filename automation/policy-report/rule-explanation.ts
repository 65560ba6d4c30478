import type { Parameter, Rule } from "../../policies/library";

/** Everything that a rule tells about itself, for `policies explain --json`. */
export interface RuleExplanation {
  readonly id: string;
  readonly domain: string;
  readonly title: string;
  readonly why: string;
  readonly fix: string;
  readonly level: string;
  readonly severity: string;
  /** Type tokens; "stack" for a rule about how resources belong together. */
  readonly looksAt: "stack" | readonly string[];
  readonly parameters: Readonly<Record<string, Parameter>>;
  readonly references: readonly string[];
  /** A policy configuration that says something of this rule. */
  readonly example: Readonly<Record<string, unknown>>;
}

/** A rule as plain data. */
export function ruleExplanation(rule: Rule, domain: string): RuleExplanation {
  const { id, title, why, fix, level, severity, parameters = {}, references } = rule;
  const looksAt = "types" in rule ? rule.types : "stack";
  return { id, domain, title, why, fix, level, severity, looksAt, parameters, references, example: exampleOf(rule) };
}

/** The other level, the settings that have a default, and an exemption: a person deletes what is not needed. */
function exampleOf({ id, level, parameters = {} }: Rule): Readonly<Record<string, unknown>> {
  const defaults = Object.entries(parameters).filter(([, { default: value }]) => value !== undefined);
  return {
    [id]: {
      enforcementLevel: level === "mandatory" ? "advisory" : "mandatory",
      ...Object.fromEntries(defaults.map(([name, { default: value }]) => [name, value])),
      exemptions: [{ resource: "name-or-urn", reason: "why it may stay so", until: "2027-01-31" }],
    },
  };
}

/** An explanation for a terminal. */
export function explanationText(explained: RuleExplanation): string {
  const { id, domain, title, why, fix, level, severity, looksAt, parameters, references, example } = explained;
  const settings = Object.entries(parameters).map(settingLine);
  return [
    `${id}  ${level}, ${severity}, ${domain}`,
    `  ${title}.`,
    "",
    `Why: ${why}.`,
    `Fix: ${fix}.`,
    `Looks at: ${looksAt === "stack" ? "the whole stack" : looksAt.join(", ")}`,
    ...(settings.length === 0 ? [] : ["Settings:", ...settings]),
    `References only: ${references.join("; ") || "none"}`,
    "",
    "Level, settings and exemptions: under sallyport:policies in Pulumi.<env>.yaml, or in a file for --config, e.g.",
    ...JSON.stringify(example, undefined, 2)
      .split("\n")
      .map((line) => `  ${line}`),
    "An exemption holds through its last day (UTC); after that it fails the run until it is taken out or renewed.",
    "",
  ].join("\n");
}

function settingLine([name, { type, default: value, about }]: [string, Parameter]): string {
  return `  ${name} (${type}, ${value === undefined ? "no default" : `default ${JSON.stringify(value)}`}): ${about}`;
}
