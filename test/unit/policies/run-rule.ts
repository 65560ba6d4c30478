import * as policy from "@pulumi/policy";
import type { ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import type { ResourceRule, Rule, Settings, StackRule } from "../../../policies/rule";
import { EXEMPTIONS_POLICY, toPolicies, UNDECIDED_POLICY } from "../../../policies/to-policy";

type Values = Record<string, unknown>;

/** The SDK's own exports that its types leave out. */
const sdk = policy as unknown as { readonly unknownCheckingProxy: (props: Values) => Values };

/** What the engine puts in place of a text that is not known yet (@pulumi/policy, proxy.js). */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The day of a test's run. */
export const TODAY = "2027-01-31";

/** A resource of a test: its type is the rule's first unless told. */
export interface Sample {
  readonly type?: string;
  readonly name?: string;
  readonly props: Values;
  /** Property → names of the resources it comes from. */
  readonly from?: Readonly<Record<string, readonly string[]>>;
  readonly protect?: boolean;
}

/** What a run of the pack said. */
export interface Said {
  readonly violations: string[];
  /** The line of the advisory at the end; empty when all was decided. */
  readonly undecided: string;
  /** What the advisory about exemptions said; left out when it said nothing. */
  readonly exemptions?: string;
  /** Whether the engine would count the rule as passed. */
  readonly passed: boolean;
}

class NotApplicable extends Error {}

const notApplicable = (reason?: string): never => {
  throw new NotApplicable(reason);
};

/** Runs a resource rule as the engine does: through the adapter, on properties that throw where they are unknown. */
export function runRule(
  rule: ResourceRule,
  props: Values,
  type: string | undefined = rule.types[0],
  settings: Settings = {},
): Said {
  return collect(rule, (first, report) => {
    const args = {
      type,
      name: "it",
      urn: "urn:it",
      props: sdk.unknownCheckingProxy(props),
      notApplicable,
      getConfig: () => settings,
    };
    void (first as ResourceValidationPolicy & { validateResource: (a: unknown, r: unknown) => void }).validateResource(
      args,
      report,
    );
  });
}

/** Runs a stack rule on samples; a violation is `name: message`. */
export function runStackRule(
  rule: StackRule,
  samples: readonly (Sample & { type: string; name: string })[],
  settings: Settings = {},
): Said {
  const resources = samples.map(({ type, name, props, from = {}, protect = false }) => {
    const propertyDependencies: Values = {};
    const known = { type, name, urn: name, props: sdk.unknownCheckingProxy(props), opts: { protect } };
    return { resource: { ...known, propertyDependencies }, from };
  });
  for (const { resource, from } of resources)
    for (const [property, names] of Object.entries(from))
      resource.propertyDependencies[property] = names.flatMap((origin) => {
        const found = resources.find((each) => each.resource.name === origin)?.resource;
        return found ? [found] : [];
      });
  return collect(rule, (first, report) =>
    (first as StackValidationPolicy).validateStack(
      { resources: resources.map(({ resource }) => resource), notApplicable, getConfig: () => settings } as never,
      (message, urn) => report(`${urn}: ${message}`),
    ),
  );
}

function collect(rule: Rule, run: (policy: unknown, report: (message: string) => void) => unknown): Said {
  const policies = toPolicies([rule], () => TODAY);
  const violations: string[] = [];
  let passed = true;
  try {
    run(policies[0], (message) => violations.push(message));
  } catch (thrown) {
    if (!(thrown instanceof NotApplicable)) throw thrown;
    passed = false;
  }
  const last = (wanted: string): string => {
    let said = "";
    const policy = policies.find(({ name }) => name === wanted) as StackValidationPolicy;
    void policy.validateStack({ resources: [], notApplicable } as never, (message) => void (said = String(message)));
    return said;
  };
  const exemptions = last(EXEMPTIONS_POLICY);
  return {
    violations,
    undecided: last(UNDECIDED_POLICY),
    passed: passed && violations.length === 0,
    ...(exemptions === "" ? {} : { exemptions }),
  };
}
