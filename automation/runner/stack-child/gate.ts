import type { ProgressEvent } from "../../core/events";
import type { EngineFold, PolicyViolation } from "../../pulumi/engine-events";
import { violationText } from "../../pulumi/violation-text";

/** The pack's own words about a run as a whole (POLICIES.md); they are no advice. */
const LATER = "decided-at-apply";
const EXEMPTED = "exemptions";
const OWN_WORDS = new Set([LATER, EXEMPTED]);

/** Data of the event `gate.found`. */
export interface GateFinding extends Record<string, string> {
  readonly rule: string;
  readonly level: "mandatory" | "advisory";
  readonly severity: string;
  readonly urn: string;
  readonly type: string;
  /** Its name. */
  readonly resource: string;
  /** What was found and how to mend it. */
  readonly text: string;
}

/** One rule that spoke, for machines: people read the summary, or the error. */
export function gateFound(said: PolicyViolation): ProgressEvent {
  const { policy, mandatory, severity, urn = "" } = said;
  const [type = "", name = ""] = urn.split("::").slice(-2);
  return {
    type: "gate.found",
    stage: "Gate",
    mark: mandatory ? "failed" : "note",
    detail: true,
    text: `${policy} on ${name}: ${violationText(said)}`,
    data: {
      rule: policy,
      level: mandatory ? "mandatory" : "advisory",
      severity,
      urn,
      type: type.split("$").at(-1) ?? type,
      resource: name,
      text: violationText(said),
    } satisfies GateFinding,
  };
}

/**
 * What the gate says when nothing stops the run.
 *
 * @example "72 rules, 54 resources: nothing to object"
 * @example "72 rules, 54 resources: to consider: sso-assign-group (3), db-alarm; unknown values as they come"
 */
export function gatePassed(fold: EngineFold, ms: number): ProgressEvent {
  const said = (policy: string): string[] => fold.policies.filter((each) => each.policy === policy).map(violationText);
  const advice = new Map<string, number>();
  for (const { policy } of fold.policies) if (!OWN_WORDS.has(policy)) advice.set(policy, (advice.get(policy) ?? 0) + 1);
  const rules = [...fold.rules].filter((rule) => !OWN_WORDS.has(rule)).length;
  const resources = [...fold.resources.values()].filter(({ type }) => !type.startsWith("sallyport:")).length;
  const [later, exempted] = [said(LATER), said(EXEMPTED)];
  const words = [
    advice.size === 0 ? "nothing to object" : `to consider: ${[...advice].map(counted).join(", ")}`,
    ...(exempted.length === 0 ? [] : ["exemptions in force"]),
    ...(later.length === 0 ? [] : ["unknown values as they come"]),
  ];
  return {
    type: "gate.passed",
    stage: "Gate",
    mark: "done",
    text: `${rules} rules, ${resources} resources: ${words.join("; ")}`,
    ms,
    data: { rules, resources, advice: Object.fromEntries(advice), exempted, open: later },
  };
}

function counted([rule, times]: [string, number]): string {
  return times === 1 ? rule : `${rule} (${times})`;
}
