import type { Problem } from "./result";

/** A condition block: operator → key → value or values. */
export type Condition = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** One statement of an IAM policy (IAM user guide, "JSON policy element reference"). */
export interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  /** Only in trust and endpoint policies. */
  readonly Principal?: "*" | { readonly Service: string };
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: readonly string[];
  readonly Condition?: Condition;
}

/** A policy document. */
export interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly Statement[];
}

/** Most bytes without white space in a permission set's inline policy (Identity Center quotas). */
export const INLINE_POLICY_LIMIT = 10_240;

/** A document of statements. */
export function policyOf(statements: readonly Statement[]): PolicyDocument {
  return { Version: "2012-10-17", Statement: statements };
}

/**
 * The document as AWS gets it: compact, and with letters beyond Latin-1 escaped, since permission-set policies may not hold them
 * as they are (API reference, PutInlinePolicyToPermissionSet).
 */
export function policyText(document: PolicyDocument): string {
  return JSON.stringify(document).replace(
    /[\u0100-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/**
 * Refuses a policy text over the limit, with the arithmetic.
 *
 * @example policySizeProblems("roles.readonly", text) // [{… expected: "an inline policy of at most 10240 bytes: … has 10300, 60 too many"}]
 */
export function policySizeProblems(path: string, text: string): Problem[] {
  const size = text.replace(/\s/g, "").length;
  if (size <= INLINE_POLICY_LIMIT) return [];
  const sum = `it has ${size}, ${size - INLINE_POLICY_LIMIT} too many: give the role fewer clusters or fewer ends`;
  return [
    {
      path,
      seen: `a policy of ${size} bytes`,
      expected: `an inline policy of at most ${INLINE_POLICY_LIMIT} bytes: ${sum}`,
    },
  ];
}
