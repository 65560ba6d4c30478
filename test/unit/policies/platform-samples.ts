import { policyConfiguration, type PolicyConfiguration } from "../../../automation/runner/policy-configuration";
import type { Platform, PlatformArgs } from "../../../infra/platform";
import type { Rule, Settings } from "../../../policies/rule";
import { record, settled } from "../infra/recorded";
import { runRule, runStackRule, type Said, type Sample } from "./run-rule";

/** A resource of the platform. */
export type PlatformSample = Sample & { readonly type: string; readonly name: string };

/** Resources of a platform as they are when everything was made. */
export async function platformSamples(make: () => Platform): Promise<PlatformSample[]> {
  const { recording, result } = await record(make);
  await settled(result.outputs);
  return recording.resources.map(({ type, name, inputs, from }) => ({
    type,
    name: `${type} ${name}`,
    props: { ...inputs, ...recording.outputs.get(`${type} ${name}`) },
    from,
  }));
}

/** The gate's configuration of an environment, as the runner makes it. */
export function gateConfiguration({ access, environment }: PlatformArgs): PolicyConfiguration {
  return policyConfiguration({ access, environment, environmentText: "" }, () => []);
}

/** What a rule says of each resource of its kind, or of the stack; nothing where it is switched off. */
export function saidOf(
  rule: Rule,
  samples: readonly PlatformSample[],
  configuration: PolicyConfiguration = {},
): Said[] {
  if (configuration[rule.id] === "disabled") return [];
  const settings = (configuration[rule.id] ?? {}) as Settings;
  if (!("types" in rule)) return [runStackRule(rule, samples, settings)];
  return samples
    .filter(({ type }) => rule.types.includes(type))
    .map(({ type, props }) => runRule(rule, props, type, settings));
}
