import type { PolicyConfigSchema } from "@pulumi/policy";
import type { Found } from "./evaluate";

/** Name of a rule's setting that holds its exemptions. */
export const EXEMPTIONS = "exemptions";

/** A resource that a rule lets pass for a while, with the reason that someone gave. */
export interface Exemption {
  /** The resource's name or its whole URN, exactly. */
  readonly resource: string;
  readonly reason: string;
  /** Last day that it holds, UTC, e.g. `2027-01-31`. */
  readonly until: string;
}

/** A violation that an exemption covers. */
export interface Exempted extends Found {
  readonly exemption: Exemption;
}

/** Violations and the exemptions of their rule, put together. */
export interface Judged {
  /** What stands; `ended` is the last day of an exemption that covered it until then. */
  readonly standing: readonly (Found & { readonly ended?: string })[];
  readonly exempted: readonly Exempted[];
}

/**
 * Takes out the violations that an exemption in force covers. Of several that name a resource, one in force counts before one that ended.
 *
 * @param today - the day, UTC, e.g. `2027-01-31`
 */
export function applyExemptions(violations: readonly Found[], exemptions: readonly Exemption[], today: string): Judged {
  const standing: (Found & { ended?: string })[] = [];
  const exempted: Exempted[] = [];
  for (const violation of violations) {
    const named = exemptions.filter(({ resource }) => resource === violation.urn || resource === violation.name);
    const holding = named.find((each) => isInForce(each, today));
    if (holding) exempted.push({ ...violation, exemption: holding });
    else standing.push(named[0] ? { ...violation, ended: named[0].until } : violation);
  }
  return { standing, exempted };
}

/** Whether an exemption holds on a day: its last day counts. Days of this form are in order as texts. */
export function isInForce({ until }: Exemption, today: string): boolean {
  return today <= until;
}

/** What is said of an exemption that ended and covers nothing any more. */
export function endedText({ resource, until }: Exemption): string {
  return `the exemption of ${resource} ended on ${until}`;
}

/** How to mend that. */
export const ENDED_FIX = "Take the exemption out of the policy configuration, or renew it with its reason";

/** What a word in a configuration may be: a line with something on it, for it goes to terminals and logs. */
export const LINE = "^[^\\x00-\\x1f\\x7f]*[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$";

/** A day like `2027-01-31`. */
export const DAY = "^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$";

/** The schema of a rule's exemptions: the engine refuses a configuration that is not of this form. */
export const EXEMPTIONS_SCHEMA: PolicyConfigSchema["properties"][string] = {
  type: "array",
  description: "Resources that the rule lets pass, each with a reason and its last day",
  items: {
    type: "object",
    properties: {
      resource: { type: "string", pattern: LINE },
      reason: { type: "string", pattern: LINE },
      until: { type: "string", pattern: DAY },
    },
    required: ["resource", "reason", "until"],
    additionalProperties: false,
  },
};
