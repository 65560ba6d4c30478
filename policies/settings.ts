import type { PolicyConfigSchema } from "@pulumi/policy";
import { EXEMPTIONS, EXEMPTIONS_SCHEMA } from "./exemptions";
import type { Parameter, RuleText, Settings } from "./rule";

/**
 * A rule's settings: what is configured, else the defaults. The SDK has checked types against the schema by then.
 *
 * @example settingsOf({ ...rule, parameters: { days: { type: "integer", default: 365, about: "…" } } }, {}) // { days: 365 }
 */
export function settingsOf({ parameters = {} }: Pick<RuleText, "parameters">, configured: Settings): Settings {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, { default: value }]) => [name, configured[name] ?? value]),
  );
}

/** The schema of a rule's configuration, for the SDK: its settings, and the exemptions that every rule may have. */
export function configSchema({ parameters = {} }: Pick<RuleText, "parameters">): PolicyConfigSchema {
  const settings = Object.entries(parameters).map(([name, parameter]) => [name, schemaOf(parameter)] as const);
  return { properties: { ...Object.fromEntries(settings), [EXEMPTIONS]: EXEMPTIONS_SCHEMA } };
}

function schemaOf({ type, about, default: value }: Parameter): PolicyConfigSchema["properties"][string] {
  const described = { description: about, ...(value === undefined ? {} : { default: value }) };
  return type === "strings" ? { type: "array", items: { type: "string" }, ...described } : { type, ...described };
}
