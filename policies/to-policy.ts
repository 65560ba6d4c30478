import type { Policies, ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import type { ResourceRule, Rule, RuleText, Settings, StackRule } from "./rule";
import { configSchema, settingsOf } from "./settings";
import { Undecided } from "./undecided";
import { unknownPath } from "./unknown-value";

/** Name of the advisory policy that says what could not be decided yet. */
export const UNDECIDED_POLICY = "decided-at-apply";

/**
 * The rules as policies of CrossGuard. The SDK turns a rule that meets an unknown value into one advisory for each resource, and
 * drops what the rule had not looked at yet. Here the rule's other parts go on; the resource counts as "not applicable", never
 * as passed; and one advisory at the end names all that the apply decides, with real values, before each resource is made.
 */
export function toPolicies(rules: readonly Rule[]): Policies {
  const undecided = new Undecided();
  return [
    ...rules.map((rule) => ("checkStack" in rule ? stackPolicy(rule, undecided) : resourcePolicy(rule, undecided))),
    undecidedPolicy(undecided),
  ];
}

function resourcePolicy(rule: ResourceRule, undecided: Undecided): ResourceValidationPolicy {
  return {
    ...texts(rule),
    validateResource: (args, reportViolation) => {
      const { type, name, urn, props } = args;
      if (!rule.types.includes(type)) return args.notApplicable(`about ${rule.types.join(", ")}`);
      let reported = false;
      let open = false;
      const part = parts((path) => {
        open = true;
        undecided.note(rule.id, `${name}.${path}`);
      });
      const report = (found: string): void => {
        reported = true;
        reportViolation(message(rule, found));
      };
      part(() =>
        rule.check(
          { type, name, urn, props },
          { report, part, notApplicable: (why) => args.notApplicable(why) },
          settingsOf(rule, args.getConfig<Settings>()),
        ),
      );
      if (open && !reported) return args.notApplicable("cannot be decided until apply");
    },
  };
}

function stackPolicy(rule: StackRule, undecided: Undecided): StackValidationPolicy {
  return {
    ...texts(rule),
    validateStack: (args, reportViolation) => {
      let reported = false;
      let open = false;
      const note = (what: string): void => {
        open = true;
        undecided.note(rule.id, what);
      };
      const part = parts(note);
      const report = (found: string, { urn }: { readonly urn: string }): void => {
        reported = true;
        reportViolation(message(rule, found), urn);
      };
      part(() =>
        rule.checkStack(
          args.resources,
          { report, part, undecided: note, notApplicable: (why) => args.notApplicable(why) },
          settingsOf(rule, args.getConfig<Settings>()),
        ),
      );
      if (open && !reported) return args.notApplicable("cannot be decided until apply");
    },
  };
}

function undecidedPolicy(undecided: Undecided): StackValidationPolicy {
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

/** Runs parts of a rule; what is unknown goes to `note` as a property path. */
function parts(note: (path: string) => void): (decide: () => void) => void {
  return (decide) => {
    try {
      decide();
    } catch (thrown) {
      const path = unknownPath(thrown);
      if (path === undefined) throw thrown;
      note(path);
    }
  };
}

function message(rule: RuleText, found: string): string {
  return `${found}. ${rule.fix}.`;
}

function texts(rule: RuleText) {
  return {
    name: rule.id,
    displayName: rule.title,
    description: `${rule.title}. ${rule.why}`,
    enforcementLevel: rule.level,
    severity: rule.severity,
    remediationSteps: rule.fix,
    ...configSchema(rule),
  };
}
