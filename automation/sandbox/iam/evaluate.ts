import { conditionsHold } from "./condition";
import { matchesPattern, resolves, type RequestContext } from "./pattern";
import { many, type PolicyDocument, type PolicyStatement } from "./policy";

/** One action on one resource. */
export interface EvaluatedRequest {
  /** `service:Operation`; compared without case. */
  readonly action: string;
  /** ARN, or `*` for a call without a resource. */
  readonly resource: string;
  readonly context: RequestContext;
}

/** What the policies say together. */
export type Evaluation = "allow" | "explicitDeny" | "implicitDeny";

/**
 * Evaluates identity policies (pure): an explicit Deny wins, else an Allow, else nothing is allowed (IAM user guide, "Policy
 * evaluation logic").
 *
 * @throws UnknownOperator for a condition that is not simulated
 */
export function evaluate(policies: readonly PolicyDocument[], request: EvaluatedRequest): Evaluation {
  const matching = policies
    .flatMap((policy) => many(policy.Statement))
    .filter((statement) => applies(statement, request));
  if (matching.some((statement) => statement.Effect === "Deny")) return "explicitDeny";
  return matching.some((statement) => statement.Effect === "Allow") ? "allow" : "implicitDeny";
}

function applies(statement: PolicyStatement, request: EvaluatedRequest): boolean {
  return (
    actionMatches(statement, request) &&
    resourceMatches(statement, request) &&
    conditionsHold(statement.Condition, request.context)
  );
}

function actionMatches({ Action, NotAction }: PolicyStatement, { action }: EvaluatedRequest): boolean {
  // Variables mean nothing in an action.
  const any = (patterns: readonly string[]): boolean =>
    patterns.some((pattern) => matchesPattern(pattern.replaceAll("${", "$ {"), action, {}, { ignoreCase: true }));
  if (NotAction !== undefined) return !any(many(NotAction));
  return any(many(Action));
}

function resourceMatches(
  { Effect, Resource, NotResource }: PolicyStatement,
  { resource, context }: EvaluatedRequest,
): boolean {
  const any = (patterns: readonly string[]): boolean =>
    patterns.some((pattern) => matchesPattern(pattern, resource, context));
  if (NotResource !== undefined) {
    // What a NotResource with a variable that has no value means is unproven: the stricter reading, no Allow and every Deny.
    if (many(NotResource).some((pattern) => !resolves(pattern, context))) return Effect === "Deny";
    return !any(many(NotResource));
  }
  // Resource policies (endpoints, trust) may leave it out: then it is the thing that bears the policy.
  return Resource === undefined || any(many(Resource));
}
