import { EXEMPTIONS, type Exemption } from "./exemptions";
import { readExemptions } from "./read-exemptions";
import { kindOf, nearest, oneOf, quoted, type Problem } from "./problem";
import type { Parameter, Rule, RuleText } from "./rule";
import { EXEMPTIONS_POLICY, UNDECIDED_POLICY } from "./to-policy";
import { isObject } from "./values";

/** What a rule does with what it finds. */
export type Level = "mandatory" | "advisory" | "disabled";

/** What is configured of one rule. */
export interface RuleConfiguration {
  readonly level: Level;
  /** Only what the configuration says; `settingsOf` adds the defaults. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly exemptions: readonly Exemption[];
}

/** What holds of every rule of a pack, by its id. */
export type Configuration = ReadonlyMap<string, RuleConfiguration>;

/** A configuration, or all that is wrong with it. */
export type ConfigurationResult =
  { readonly ok: true; readonly value: Configuration } | { readonly ok: false; readonly problems: readonly Problem[] };

const LEVELS: readonly Level[] = ["mandatory", "advisory", "disabled"];
const LEVEL_KEY = "enforcementLevel";
/** Sets the level of every rule without one of its own, as the engine does. */
const ALL = "all";
/** The pack's own words about a run: they have a level and nothing else. */
const OWN_WORDS: readonly string[] = [UNDECIDED_POLICY, EXEMPTIONS_POLICY];

/** What an object that is no rule's may say. */
const LEVEL_ONLY: Pick<RuleText, "parameters"> = {};

/**
 * Reads a policy configuration in the form that the engine takes (Pulumi: "Configuring policy packs"). The engine checks settings
 * of the rules that it knows and passes over every other name; a misspelt rule would go on as if nothing had been configured.
 *
 * @example readConfiguration(RULES, { all: "advisory", "rds-backups": { enforcementLevel: "mandatory", minimumDays: 14 } })
 */
export function readConfiguration(rules: readonly Rule[], value: unknown): ConfigurationResult {
  if (!isObject(value)) {
    const path = "the configuration";
    return { ok: false, problems: [{ path, seen: kindOf(value), expected: "an object with rules as keys" }] };
  }
  const ids = rules.map(({ id }) => id);
  const problems: Problem[] = Object.keys(value)
    .filter((key) => key !== ALL && !OWN_WORDS.includes(key) && !ids.includes(key))
    .map((key) => ({
      path: key,
      seen: "a rule that does not exist",
      expected: ruleText(key, [ALL, ...OWN_WORDS, ...ids]),
    }));
  const levelOf = (key: string): Level | undefined => read(key, LEVEL_ONLY, false, value[key], problems).level;
  const all = levelOf(ALL);
  OWN_WORDS.forEach(levelOf);
  const configuration = new Map<string, RuleConfiguration>();
  for (const rule of rules) {
    const { level = all ?? rule.level, ...rest } = read(rule.id, rule, true, value[rule.id], problems);
    configuration.set(rule.id, { level, ...rest });
  }
  return problems.length === 0 ? { ok: true, value: configuration } : { ok: false, problems };
}

function ruleText(key: string, known: readonly string[]): string {
  const guess = nearest(key, known);
  return guess === undefined ? "a rule of the pack (POLICIES.md)" : `${JSON.stringify(guess)}: did you mean that?`;
}

type Read = Omit<RuleConfiguration, "level"> & { readonly level?: Level };

/** Reads one entry; what is wrong is added to `problems`. */
function read(
  key: string,
  { parameters = {} }: Pick<RuleText, "parameters">,
  isRule: boolean,
  value: unknown,
  problems: Problem[],
): Read {
  const nothing: Read = { settings: {}, exemptions: [] };
  if (value === undefined) return nothing;
  if (!isObject(value)) {
    const level = readLevel(key, value, problems);
    return level ? { ...nothing, level } : nothing;
  }
  const known = [LEVEL_KEY, ...Object.keys(parameters), ...(isRule ? [EXEMPTIONS] : [])];
  const settings: Record<string, unknown> = {};
  for (const [name, setting] of Object.entries(value)) {
    const parameter = parameters[name];
    const path = `${key}.${name}`;
    if (!known.includes(name))
      problems.push({ path, seen: "a setting that does not exist", expected: oneOf(name, known) });
    else if (parameter && !isOfType(parameter.type, setting))
      problems.push({ path, seen: kindOf(setting), expected: TYPE_TEXTS[parameter.type] });
    else if (parameter) settings[name] = setting;
  }
  const exemptions = isRule ? readExemptions(`${key}.${EXEMPTIONS}`, value[EXEMPTIONS], problems) : [];
  const written = value[LEVEL_KEY];
  const level = written === undefined ? undefined : readLevel(`${key}.${LEVEL_KEY}`, written, problems);
  return { settings, exemptions, ...(level ? { level } : {}) };
}

function readLevel(path: string, value: unknown, problems: Problem[]): Level | undefined {
  const level = LEVELS.find((each) => each === value);
  if (!level) problems.push({ path, seen: quoted(value), expected: oneOf(value, LEVELS) });
  return level;
}

const TYPE_TEXTS: Readonly<Record<Parameter["type"], string>> = {
  boolean: "true or false",
  integer: "a whole number",
  string: "a text",
  strings: "a list of texts",
  object: "an object",
};

function isOfType(type: Parameter["type"], value: unknown): boolean {
  if (type === "integer") return Number.isInteger(value);
  if (type === "strings") return Array.isArray(value) && value.every((each) => typeof each === "string");
  return type === "object" ? isObject(value) : typeof value === type;
}
