import { resourceOf, stackOf, type CheckedResource } from "./checked-resource";
import type { Configuration, RuleConfiguration } from "./configuration";
import { evaluateResource, evaluateStack, type Outcome } from "./evaluate";
import { applyExemptions, ENDED_FIX, endedText, isInForce, type Exemption, type Judged } from "./exemptions";
import type { Resource, Rule, Settings, StackResource } from "./rule";
import { settingsOf } from "./settings";

export type { CheckedResource } from "./checked-resource";

/** A violation that stands. */
export interface Finding {
  readonly rule: string;
  readonly level: "mandatory" | "advisory";
  readonly severity: string;
  readonly urn: string;
  /** Name of the resource. */
  readonly resource: string;
  readonly type: string;
  /** Property path and fixed words, never a value; without full stop, as `fix`. */
  readonly found: string;
  readonly fix: string;
  /** Last day of an exemption that covered it, e.g. `2027-01-31`. */
  readonly expired?: string;
}

/** What the pack says of a set of resources. */
export interface CheckReport {
  readonly findings: readonly Finding[];
  /** What each rule could not decide, for a value is unknown or secret. */
  readonly undecided: readonly { readonly rule: string; readonly what: readonly string[] }[];
  /** Rules that said nothing, and why: switched off, no resource of their kind, or a setting is not there. */
  readonly notApplicable: readonly { readonly rule: string; readonly why: string }[];
  readonly exempted: readonly (Finding & { readonly reason: string; readonly until: string })[];
  /** Exemptions in force that covered nothing. */
  readonly unused: readonly (Exemption & { readonly rule: string })[];
  /** How many resources were looked at. */
  readonly resources: number;
  /** How many rules: those that are not disabled. */
  readonly rules: number;
}

/**
 * Runs rules over resources that exist, without an engine: the same rules, levels and exemptions as at preview.
 *
 * @param today - the day, UTC, e.g. `2027-01-31`: exemptions end
 */
export function checkResources(
  rules: readonly Rule[],
  resources: readonly CheckedResource[],
  configuration: Configuration,
  today: string,
): CheckReport {
  const inputs = resources.map(resourceOf);
  const outputs = stackOf(resources);
  const types = new Map(resources.map(({ urn, type }) => [urn, type]));
  const off: string[] = [];
  const checked = rules.flatMap((rule) => {
    const own = configuration.get(rule.id) ?? { level: rule.level, settings: {}, exemptions: [] };
    const { level } = own;
    if (level !== "disabled") return [checkRule({ rule, own: { ...own, level } }, inputs, outputs, types, today)];
    off.push(rule.id);
    return [];
  });
  return {
    findings: checked.flatMap(({ findings }) => findings),
    undecided: checked.flatMap(({ undecided }) => undecided),
    notApplicable: [
      ...off.map((rule) => ({ rule, why: "switched off by the configuration" })),
      ...checked.flatMap(({ notApplicable }) => notApplicable),
    ],
    exempted: checked.flatMap(({ exempted }) => exempted),
    unused: checked.flatMap(({ unused }) => unused),
    resources: resources.length,
    rules: checked.length,
  };
}

/** A rule that is switched on, with its configuration. */
interface Active {
  readonly rule: Rule;
  readonly own: RuleConfiguration & { readonly level: Finding["level"] };
}

function checkRule(
  active: Active,
  inputs: readonly Resource[],
  outputs: readonly StackResource[],
  types: ReadonlyMap<string, string>,
  today: string,
): Pick<CheckReport, "findings" | "undecided" | "notApplicable" | "exempted" | "unused"> {
  const { rule, own } = active;
  const outcomes = outcomesOf(rule, inputs, outputs, settingsOf(rule, own.settings));
  const all = outcomes.flatMap(({ violations }) => violations);
  const { standing, exempted } = applyExemptions(all, own.exemptions, today);
  const finding = ({ found, urn, name, ended }: Judged["standing"][number]): Finding => ({
    rule: rule.id,
    level: own.level,
    severity: rule.severity,
    urn,
    resource: name,
    type: types.get(urn) ?? "",
    found,
    fix: rule.fix,
    ...(ended === undefined ? {} : { expired: ended }),
  });
  const idle = own.exemptions.filter(
    ({ resource }) => !all.some(({ urn, name }) => resource === urn || resource === name),
  );
  const open = [...new Set(outcomes.flatMap((outcome) => outcome.open))].sort();
  const why = new Set(outcomes.flatMap(({ notApplicable }) => notApplicable ?? []));
  return {
    findings: [
      ...standing.map(finding),
      ...idle.filter((each) => !isInForce(each, today)).map((each) => endedFinding(active, each, inputs)),
    ],
    undecided: open.length === 0 ? [] : [{ rule: rule.id, what: open }],
    notApplicable: [...(outcomes.length === 0 ? ["nothing of its kind"] : []), ...why].map((each) => ({
      rule: rule.id,
      why: each,
    })),
    exempted: exempted.map(({ exemption: { reason, until }, ...each }) => ({ ...finding(each), reason, until })),
    unused: idle.filter((each) => isInForce(each, today)).map((each) => ({ rule: rule.id, ...each })),
  };
}

function outcomesOf(
  rule: Rule,
  inputs: readonly Resource[],
  outputs: readonly StackResource[],
  settings: Settings,
): readonly Outcome[] {
  if ("checkStack" in rule) return [evaluateStack(rule, outputs, settings)];
  return inputs
    .filter(({ type }) => rule.types.includes(type))
    .map((resource) => evaluateResource(rule, resource, settings));
}

/** An exemption that ended is to be taken out, whether its resource is still there or not. */
function endedFinding({ rule, own }: Active, exemption: Exemption, inputs: readonly Resource[]): Finding {
  const found = inputs.find(({ urn, name }) => exemption.resource === urn || exemption.resource === name);
  return {
    rule: rule.id,
    level: own.level,
    severity: rule.severity,
    urn: found?.urn ?? "",
    resource: found?.name ?? exemption.resource,
    type: found?.type ?? "",
    found: endedText(exemption),
    fix: ENDED_FIX,
    expired: exemption.until,
  };
}
