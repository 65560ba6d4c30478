import type { Policies, ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { ANOTHER_KIND, evaluateResource, evaluateStack, type Outcome } from "./evaluate";
import { ExemptionLedger } from "./exemption-ledger";
import { applyExemptions, ENDED_FIX, EXEMPTIONS, endedText, isInForce, type Exemption } from "./exemptions";
import type { ResourceRule, Rule, RuleText, Settings, StackRule } from "./rule";
import { configSchema, settingsOf } from "./settings";
import { Undecided } from "./undecided";

/** Name of the advisory policy that says what could not be decided yet. */
export const UNDECIDED_POLICY = "decided-at-apply";

/** Name of the advisory policy that names the exemptions in force. */
export const EXEMPTIONS_POLICY = "exemptions";

/** What the policies of a pack remember during a run of the engine. */
interface Run {
  readonly undecided: Undecided;
  readonly ledger: ExemptionLedger;
  readonly today: () => string;
  readonly leave: Leave;
}

/** Leaves a policy by the SDK's own way, which is a thrown error. */
type Leave = (args: Call, why: string) => never;

/** What both kinds of policies are given by the SDK. */
interface Call {
  readonly getConfig: <T extends object>() => T;
  readonly notApplicable: (reason?: string) => never;
}

/**
 * The rules as policies of CrossGuard. The SDK turns a rule that meets an unknown value into one advisory for each resource, and
 * drops what the rule had not looked at yet. Here the rule's other parts go on; the resource counts as "not applicable", never
 * as passed; and one advisory at the end names all that the apply decides, with real values, before each resource is made.
 * Another names the exemptions in force.
 *
 * @param today - the day, UTC, e.g. `2027-01-31`: exemptions end
 */
export function toPolicies(rules: readonly Rule[], today: () => string): Policies {
  const run: Run = { undecided: new Undecided(), ledger: new ExemptionLedger(), today, leave: leaveOnce() };
  return [
    ...rules.map((rule) => ("checkStack" in rule ? stackPolicy(rule, run) : resourcePolicy(rule, run))),
    undecidedPolicy(run),
    exemptionsPolicy(run),
  ];
}

function resourcePolicy(rule: ResourceRule, run: Run): ResourceValidationPolicy {
  return {
    ...texts(rule),
    validateResource: (args, reportViolation) => {
      const { type, name, urn, props } = args;
      // Nearly every call is about another kind of resource.
      if (!rule.types.includes(type) && run.ledger.knows(rule.id)) return run.leave(args, ANOTHER_KIND);
      const { settings, exemptions } = configured(rule, args);
      const outcome = evaluateResource(rule, { type, name, urn, props }, settings);
      say(rule, outcome, exemptions, run, args, reportViolation);
    },
  };
}

function stackPolicy(rule: StackRule, run: Run): StackValidationPolicy {
  return {
    ...texts(rule),
    validateStack: (args, reportViolation) => {
      const { settings, exemptions } = configured(rule, args);
      say(rule, evaluateStack(rule, args.resources, settings), exemptions, run, args, reportViolation);
    },
  };
}

function configured(rule: RuleText, args: Call): { settings: Settings; exemptions: readonly Exemption[] } {
  const config = args.getConfig<Settings>();
  // The engine has checked it against the schema.
  return { settings: settingsOf(rule, config), exemptions: (config[EXEMPTIONS] ?? []) as readonly Exemption[] };
}

/** Hands an outcome to the SDK. A rule that is open or exempted is "not applicable" there: it must not count as passed. */
function say(
  rule: RuleText,
  { violations, open, notApplicable }: Outcome,
  exemptions: readonly Exemption[],
  { undecided, ledger, today, leave }: Run,
  args: Call,
  report: (message: string, urn?: string) => void,
): void {
  const day = exemptions.length === 0 ? "" : today();
  const ended = ledger.open(rule.id, exemptions).filter((each) => !isInForce(each, day));
  const { standing, exempted } = applyExemptions(violations, exemptions, day);
  for (const { found, urn, ended: until } of standing) report(message(rule, found, until), urn);
  // One that ended is told at once, before anything is made; its resource may not come at all.
  for (const each of ended) {
    if (!standing.some(({ urn, name }) => each.resource === urn || each.resource === name)) {
      report(`${endedText(each)}. ${ENDED_FIX}.`);
    }
  }
  for (const { exemption } of exempted) ledger.use(rule.id, exemption);
  for (const what of open) undecided.note(rule.id, what);
  if (notApplicable !== undefined) leave(args, notApplicable);
  if (standing.length > 0) return;
  if (open.length > 0) leave(args, "cannot be decided until apply");
  const [first] = exempted;
  if (first) leave(args, `exempted until ${first.exemption.until}`);
}

/**
 * Each reason's error is made once: most of an analyzer's time would go into their stack traces, one for every rule and resource
 * of another kind.
 */
function leaveOnce(): Leave {
  const thrown = new Map<string, Error>();
  return (args, why) => {
    const known = thrown.get(why);
    if (known !== undefined) throw known;
    try {
      return args.notApplicable(why);
    } catch (error) {
      if (error instanceof Error) thrown.set(why, error);
      throw error;
    }
  };
}

function undecidedPolicy({ undecided }: Run): StackValidationPolicy {
  return {
    name: UNDECIDED_POLICY,
    displayName: "What only the apply can decide",
    description: "These rules met values that are not known yet; they decide before each resource is made",
    enforcementLevel: "advisory",
    severity: "low",
    validateStack: (_, reportViolation) => {
      const open = undecided.take();
      if (open.length > 0) reportViolation(`Cannot be decided until apply: ${open.join("; ")}.`);
    },
  };
}

function exemptionsPolicy({ ledger, today }: Run): StackValidationPolicy {
  return {
    name: EXEMPTIONS_POLICY,
    displayName: "Exemptions in force",
    description: "These resources are let pass until a day",
    enforcementLevel: "advisory",
    severity: "low",
    validateStack: (_, reportViolation) => {
      const sentences = ledger.take(today());
      if (sentences.length > 0) reportViolation(sentences.join(" "));
    },
  };
}

function message(rule: RuleText, found: string, ended: string | undefined): string {
  return `${found}. ${rule.fix}.${ended === undefined ? "" : ` Its exemption ended on ${ended}.`}`;
}

function texts(rule: RuleText) {
  return {
    name: rule.id,
    displayName: rule.title,
    description: `${rule.title}. ${rule.why}`,
    enforcementLevel: rule.level,
    severity: rule.severity,
    remediationSteps: rule.fix,
    configSchema: configSchema(rule),
  };
}
