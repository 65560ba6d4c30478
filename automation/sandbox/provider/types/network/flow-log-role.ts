import type { CloudObject, Estate, Json } from "../../../account/estate";
import { listOf } from "../../../account/allows-action";
import { plainText } from "../../../account/plain-text";
import { evaluate } from "../../../iam/evaluate";
import { many, parsePolicy, type PolicyDocument } from "../../../iam/policy";
import { ROLE_POLICY } from "../iam/tokens";

/** The service that writes flow logs. */
const SERVICE = "vpc-flow-logs.amazonaws.com";

/**
 * Whether the flow log service can take a role for a flow log, by the role's trust policy with its conditions. That an Allow for
 * everybody (`*`) holds for a service is unproven, so it does not count; a Deny does.
 *
 * @param flowLogArn what the service says in `aws:SourceArn`
 * @throws UnknownOperator for a condition that is not simulated
 */
export function trustsFlowLogs(role: CloudObject, flowLogArn: string): boolean {
  const { Statement } = parsePolicy(plainText(role.props.assumeRolePolicy));
  const about = many(Statement).filter(
    ({ Effect, Principal }) => namesService(Principal) || (Effect === "Deny" && namesEverybody(Principal)),
  );
  const context = { "aws:SourceAccount": role.account, "aws:SourceArn": flowLogArn };
  return allows([{ Statement: about }], "sts:AssumeRole", plainText(role.props.arn), context);
}

/**
 * Whether what the role's inline policies allow is enough to deliver into a log group (Amazon VPC user guide, "IAM role for publishing
 * flow logs to CloudWatch Logs"; `logs:CreateLogGroup` is not needed where the group stands).
 *
 * @param logGroupArn without `:*` at its end
 */
export function mayDeliver(estate: Estate, role: CloudObject, logGroupArn: string): boolean {
  const policies = estate
    .list(ROLE_POLICY, role.account)
    .filter(({ props }) => props.role === role.id)
    .map(({ props }) => parsePolicy(plainText(props.policy)));
  const groups = `${logGroupArn.split(":").slice(0, 6).join(":")}::log-stream:`;
  const stream = `${logGroupArn}:log-stream:eni-0-all`;
  const calls: readonly (readonly [action: string, resource: string])[] = [
    ["logs:DescribeLogGroups", groups],
    ["logs:DescribeLogStreams", stream],
    ["logs:CreateLogStream", stream],
    ["logs:PutLogEvents", stream],
  ];
  return calls.every(([action, resource]) => allows(policies, action, resource, {}));
}

function allows(
  policies: readonly PolicyDocument[],
  action: string,
  resource: string,
  context: Readonly<Record<string, string>>,
): boolean {
  return evaluate(policies, { action, resource, context }) === "allow";
}

function namesService(principal: unknown): boolean {
  return typeof principal === "object" && listOf((principal as Principals | null)?.Service).includes(SERVICE);
}

function namesEverybody(principal: unknown): boolean {
  if (typeof principal !== "object") return principal === "*";
  return listOf((principal as Principals | null)?.AWS).includes("*");
}

/** The two kinds of principals that are read here. */
interface Principals {
  readonly AWS?: Json;
  readonly Service?: Json;
}
