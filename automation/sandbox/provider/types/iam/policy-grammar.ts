import type { Json, Props } from "../../../account/estate";
import { listOf } from "../../../account/allows-action";
import { AwsError } from "../../../account/aws-error";

/** Whether a text is a JSON object: all that the provider checks before it asks AWS. */
export function isJsonObject(text: string): boolean {
  try {
    const value = JSON.parse(text) as Json;
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/**
 * What is wrong with a policy's grammar, as IAM says it; `undefined` if nothing is (IAM user guide, "Grammar of the IAM JSON
 * policy language"). `trust`: must name a principal and no resource; `identity`: the other way round.
 *
 * @example policyProblem('{"Version":"2012-10-17","Statement":[]}', "identity") // undefined
 */
export function policyProblem(text: string, kind: "trust" | "identity"): string | undefined {
  const policy = JSON.parse(text) as Props;
  const unknown = Object.keys(policy).find((key) => !["Version", "Id", "Statement"].includes(key));
  if (
    unknown !== undefined ||
    (policy.Version !== undefined && policy.Version !== "2012-10-17" && policy.Version !== "2008-10-17")
  )
    return "Syntax errors in policy.";
  const statements = Array.isArray(policy.Statement) ? policy.Statement : [policy.Statement ?? null];
  for (const statement of statements) {
    if (typeof statement !== "object" || statement === null || Array.isArray(statement))
      return "Syntax errors in policy.";
    const problem = statementProblem(statement, kind);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** Refuses a policy whose grammar is wrong. @throws AwsError MalformedPolicyDocument */
export function refusePolicy(text: string, kind: "trust" | "identity"): void {
  const problem = policyProblem(text, kind);
  if (problem !== undefined) throw new AwsError("MalformedPolicyDocument", problem);
}

function statementProblem(statement: Props, kind: "trust" | "identity"): string | undefined {
  const { Effect, Action, NotAction, Resource, NotResource, Principal } = statement;
  if (Effect !== "Allow" && Effect !== "Deny") return "Syntax errors in policy.";
  if ((Action === undefined) === (NotAction === undefined)) return "Policy statement must contain actions.";
  if (kind === "trust") {
    if (Principal === undefined) return "Missing required field Principal";
    return Resource === undefined ? undefined : "Has prohibited field Resource";
  }
  if (Principal !== undefined) return "Policy document should not specify a principal.";
  if (Resource === undefined && NotResource === undefined) return "Policy statement must contain resources.";
  const bad = [...listOf(Resource), ...listOf(NotResource)].find((one) => one !== "*" && !/^arn:/.test(one));
  return bad === undefined ? undefined : `Resource ${bad} must be in ARN format or "*".`;
}
