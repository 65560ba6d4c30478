import { environmentAccess } from "../../infra/contract/environment-access";
import { expectedReach } from "../../infra/contract/expected-reach";
import type { Problem } from "../../infra/contract/result";
import { configInvalid, type ProjectFiles } from "./load-files";

/** A policy configuration as Pulumi takes it: rule → level, or settings with an `enforcementLevel` and exemptions. */
export type PolicyConfiguration = Readonly<Record<string, unknown>>;

/** Reads a configuration completely: every unknown rule, setting and bad value. The pack itself does it. */
export type ConfigurationReader = (configuration: PolicyConfiguration) => readonly Problem[];

/**
 * The gate's configuration: what the environment's file says of rules, and what only the access files know. The latter cannot be
 * said otherwise, for then the gate would hold the policies against something that nobody decided in `access.yaml`.
 *
 * @throws SallyportError CONFIG_INVALID with every problem
 */
export function policyConfiguration(files: ProjectFiles, read: ConfigurationReader): PolicyConfiguration {
  const { policies } = files.environment.config;
  const known = knownSettings(files);
  const problems = [...read(policies), ...Object.entries(known).flatMap(([rule, own]) => taken(rule, own, policies))];
  if (problems.length > 0) {
    const placed = problems.map((each) => ({ ...each, path: `config.sallyport:policies.${each.path}` }));
    throw configInvalid([{ file: `Pulumi.${files.environment.name}.yaml`, problems: placed }]);
  }
  return Object.entries(known).reduce<PolicyConfiguration>(
    (all, [rule, own]) => ({ ...all, [rule]: { ...settingsOf(all[rule]), ...own } }),
    { ...OWN_WORDS, ...policies },
  );
}

/** What the pack says of a run as a whole is no violation: `all: mandatory` is not meant for it. */
const OWN_WORDS: PolicyConfiguration = { "decided-at-apply": "advisory", exemptions: "advisory" };

function knownSettings({ access, environment }: ProjectFiles): Readonly<Record<string, Record<string, unknown>>> {
  const roles = environmentAccess(access, environment);
  const { attributeKey } = access.identity;
  const of = { estate: access.estate, env: environment.name, attributeKey, roles: roles.ok ? roles.value : [] };
  return {
    "sso-expected-reach": { expectedReach: expectedReach(of) },
    "sso-connect-scoped": { attributeKeys: [attributeKey] },
    "sso-dbuser-known": { dbUsers: [] },
  };
}

function taken(rule: string, own: Readonly<Record<string, unknown>>, policies: PolicyConfiguration): Problem[] {
  const settings = settingsOf(policies[rule]);
  return Object.keys(own)
    .filter((name) => name in settings)
    .map((name) => ({
      path: `${rule}.${name}`,
      seen: "a setting",
      expected: "to be left out: it is taken from access.yaml",
    }));
}

/** A level alone is the same as an object with it. */
function settingsOf(value: unknown): Record<string, unknown> {
  if (typeof value === "string") return { enforcementLevel: value };
  return typeof value === "object" && value !== null ? { ...value } : {};
}
