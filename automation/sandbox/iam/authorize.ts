import type { Estate, Principal } from "../account/estate";
import { plainText } from "../account/plain-text";
import { evaluate, type Evaluation } from "./evaluate";
import type { RequestContext } from "./pattern";
import { parsePolicy, type PolicyDocument } from "./policy";

/** A call that somebody wants to make. */
export interface CallRequest {
  readonly action: string;
  /** ARN, or `*` for list calls. */
  readonly resource: string;
  readonly region: string;
  /** Keys that the service adds, e.g. `ssm:resourceTag/…`. */
  readonly context?: RequestContext;
}

/** The decision; `explicit`: a Deny said so. */
export interface Decision {
  readonly allowed: boolean;
  readonly explicit: boolean;
}

/** The administrator's policy: evaluated like any other, so that nothing is exempt from the evaluator. */
const ADMINISTRATOR: PolicyDocument = {
  Version: "2012-10-17",
  Statement: { Effect: "Allow", Action: "*", Resource: "*" },
};

/**
 * Decides a call by the principal's identity policies as they are now: a policy that changes binds credentials that were issued
 * before. Tags, however, are those of the moment of issue.
 *
 * @throws UnknownOperator for a condition that is not simulated
 */
export function authorize(estate: Estate, principal: Principal, request: CallRequest): Decision {
  const context = { ...globalContext(estate, principal, request.region), ...request.context };
  return decision(
    evaluate(policiesOf(estate, principal), { action: request.action, resource: request.resource, context }),
  );
}

/** Decides by one resource policy alone, e.g. an endpoint's, whose Principal is `*` or ours by condition. */
export function authorizeByPolicy(
  estate: Estate,
  principal: Principal,
  policy: string,
  request: CallRequest,
): Decision {
  const context = { ...globalContext(estate, principal, request.region), ...request.context };
  return decision(evaluate([parsePolicy(policy)], { action: request.action, resource: request.resource, context }));
}

/** AWS's words for a refusal (IAM user guide, "Troubleshoot access denied error messages"). */
export function denialMessage(principal: Principal, action: string, resource: string, { explicit }: Decision): string {
  const on = resource === "*" ? "" : ` on resource: ${resource}`;
  const why = explicit
    ? "with an explicit deny in an identity-based policy"
    : `because no identity-based policy allows the ${action} action`;
  return `User: ${principal.arn} is not authorized to perform: ${action}${on} ${why}`;
}

function decision(evaluation: Evaluation): Decision {
  return { allowed: evaluation === "allow", explicit: evaluation === "explicitDeny" };
}

/** The identity policies behind a principal: a set's inline policy, a role's inline policies, or the administrator's. */
function policiesOf(estate: Estate, { source, account }: Principal): PolicyDocument[] {
  switch (source.kind) {
    case "administrator":
      return [ADMINISTRATOR];
    case "permissionSet":
      return estate
        .list("aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy")
        .filter(({ props }) => props.permissionSetArn === source.arn)
        .map(({ props }) => parsePolicy(plainText(props.inlinePolicy)));
    case "role": {
      const role = estate.find("aws:iam/role:Role", source.roleName, account);
      // A role that was deleted and made again has another id: its old sessions are nobody's.
      if (role?.hidden.roleId !== undefined && role.hidden.roleId !== source.roleId) return [];
      return estate
        .list("aws:iam/rolePolicy:RolePolicy", account)
        .filter(({ props }) => props.role === source.roleName)
        .map(({ props }) => parsePolicy(plainText(props.policy)));
    }
  }
}

/** Global condition keys (IAM user guide, "AWS global condition context keys"). */
function globalContext(estate: Estate, principal: Principal, region: string): Record<string, string> {
  return {
    "aws:userid": principal.userId,
    "aws:PrincipalArn": principal.roleArn,
    "aws:PrincipalAccount": principal.account,
    "aws:RequestedRegion": region,
    "aws:CurrentTime": new Date(estate.clocks.wall()).toISOString(),
    "aws:EpochTime": String(Math.floor(estate.clocks.wall() / 1000)),
    ...Object.fromEntries(
      Object.entries(principal.principalTags).map(([key, value]) => [`aws:PrincipalTag/${key}`, value]),
    ),
  };
}
