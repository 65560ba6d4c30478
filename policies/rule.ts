/** Properties as the engine shows them: reading one that is not known yet throws `UnknownValueError` of `@pulumi/policy`. */
export type Properties = Readonly<Record<string, unknown>>;

/** A resource before it is made. */
export interface Resource {
  /** Type token, e.g. `aws:rds/cluster:Cluster`. */
  readonly type: string;
  /** Name in the program. */
  readonly name: string;
  readonly urn: string;
  readonly props: Properties;
}

/** A resource among the others of its stack. */
export interface StackResource extends Resource {
  /** Property → the resources that its value comes from: known even while the value is not. */
  readonly propertyDependencies: Readonly<Record<string, readonly StackResource[]>>;
  /** Options of the resource that rules look at. */
  readonly opts?: { readonly protect?: boolean };
}

/** What a rule says about one resource. */
export interface Verdict {
  /** A violation: what stands there, as property path and fixed words. Never a value, for any value may be secret. */
  readonly report: (found: string) => void;
  /** Decides one independent part: an unknown value in it leaves this part undecided, and the other parts go on. */
  readonly part: (decide: () => void) => void;
  /** Leaves the check: a setting that the rule needs is not there. The engine lists the reason. */
  readonly notApplicable: (why: string) => never;
}

/** What a rule says about a stack. */
export interface StackVerdict {
  /** A violation of one resource, in the words of `Verdict.report`. */
  readonly report: (found: string, resource: StackResource) => void;
  /** See `Verdict.part`. */
  readonly part: (decide: () => void) => void;
  /** What the program alone does not tell, e.g. `vpc of bastion`: said, never taken for a pass. */
  readonly undecided: (what: string) => void;
  /** See `Verdict.notApplicable`. */
  readonly notApplicable: (why: string) => never;
}

/** A setting of a rule, as policy configuration gives it; its default holds where nothing is configured. */
export interface Parameter {
  readonly type: "boolean" | "integer" | "string" | "strings" | "object";
  readonly default?: unknown;
  /** What it is for, as a short sentence without full stop. */
  readonly about: string;
}

/** The values of a rule's parameters, defaults filled in; one without default may be undefined: then what needs it is not applicable. */
export type Settings = Readonly<Record<string, unknown>>;

/** What every rule tells about itself; POLICIES.md is made of it. */
export interface RuleText {
  /** Unique in the pack, kebab-case: the name in messages and in policy configuration. */
  readonly id: string;
  /** What holds, as a short sentence without full stop. */
  readonly title: string;
  /** What happens otherwise. */
  readonly why: string;
  readonly severity: "low" | "medium" | "high" | "critical";
  /** `mandatory` stops the run. */
  readonly level: "mandatory" | "advisory";
  /** Controls of public catalogues that speak of the same matter, e.g. `FSBP RDS.2`. References only, no claim of conformity. */
  readonly references: readonly string[];
  /** The property to write, as text. */
  readonly fix: string;
  /** Settings by name, camel case. */
  readonly parameters?: Readonly<Record<string, Parameter>>;
}

/** A rule about single resources: checked at preview, and again with real values before each is made. */
export interface ResourceRule extends RuleText {
  /** Type tokens that it applies to. */
  readonly types: readonly string[];
  readonly check: (resource: Resource, verdict: Verdict, settings: Settings) => void;
}

/** A rule about how resources of a stack belong together: checked at preview, and again after everything was made. */
export interface StackRule extends RuleText {
  readonly checkStack: (resources: readonly StackResource[], verdict: StackVerdict, settings: Settings) => void;
}

/** A rule of the pack: one small object. */
export type Rule = ResourceRule | StackRule;
