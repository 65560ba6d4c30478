import type { CloudObject, Props } from "../../../account/estate";
import { roleOfArn } from "../../../account/arn";
import { AwsError, ProviderError } from "../../../account/aws-error";
import type { AwsContext } from "../../aws-context";
import { text, type ResourceType } from "../../resource-type";
import { RETRIES, WAITS } from "../../waits";
import { ROLE } from "../iam/tokens";
import { LOG_GROUP } from "../rds/tokens";
import { flowLogRules, TARGET_NAMES } from "./flow-log-rules";
import { mayDeliver, trustsFlowLogs } from "./flow-log-role";
import { vpcById } from "./look-up";
import { FLOW_LOG } from "./tokens";

/** Version 2 (Amazon VPC user guide, "Flow log records"). */
const DEFAULT_FORMAT = [
  ..."version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end".split(" "),
  ..."action log-status".split(" "),
]
  .map((field) => `\${${field}}`)
  .join(" ");
const CANNOT_ASSUME = "Unable to assume given IAM role";

/**
 * A VPC's flow log to CloudWatch Logs. A role that may not write into the group is no error: the flow log is made and nothing arrives,
 * which `hidden.deliverLogsStatus` says as DescribeFlowLogs would (D8). A log group that does not stand is refused, stricter than AWS:
 * there the first delivery makes it, without an end of retention, if the role may.
 */
export const flowLog: ResourceType = {
  token: FLOW_LOG,
  service: "EC2",
  noun: "EC2 Flow Log",
  operations: { create: "CreateFlowLogs", update: "CreateTags", delete: "DeleteFlowLogs" },
  rules: flowLogRules,
  create: async (aws, inputs) => {
    if (inputs.vpcId === undefined) throw new ProviderError(`"vpc_id": one of \`${TARGET_NAMES}\` must be specified`);
    vpcById(aws, text(inputs, "vpcId"));
    if (inputs.trafficType === undefined)
      throw new AwsError("MissingParameter", "The request must contain the parameter TrafficType");
    const group = destinationGroup(aws, text(inputs, "logDestination"));
    const roleArn = text(inputs, "iamRoleArn");
    if (roleArn === "")
      throw new AwsError(
        "InvalidParameter",
        "DeliverLogsPermissionArn can't be empty if LogDestinationType is cloud-watch-logs.",
      );
    const id = aws.id("fl");
    const arn = aws.arn("ec2", `vpc-flow-log/${id}`);
    const role = await aws.retry(
      () => assumedRole(aws, roleArn, arn),
      RETRIES.iam,
      (error) => error.message === CANNOT_ASSUME,
    );
    refuseTwin(aws, inputs);
    const outputs = { logFormat: DEFAULT_FORMAT, ...inputs, arn };
    return aws.add(FLOW_LOG, id, outputs, delivery(aws, role, group));
  },
  refresh: (aws, object) => {
    const role = aws.find(ROLE, roleOfArn(text(object.props, "iamRoleArn"))?.name);
    object.hidden = delivery(aws, role, groupOf(aws, text(object.props, "logDestination")));
  },
};

/** Whether records arrive, as DescribeFlowLogs says it. */
function delivery(aws: AwsContext, role: CloudObject | undefined, group: CloudObject | undefined): Props {
  return role && group && mayDeliver(aws.estate, role, text(group.props, "arn"))
    ? { deliverLogsStatus: "SUCCESS" }
    : { deliverLogsStatus: "FAILED", deliverLogsErrorMessage: "Access error" };
}

/** The group behind an ARN, with or without `:*` at its end. */
function groupOf(aws: AwsContext, destination: string): CloudObject | undefined {
  return aws.list(LOG_GROUP).find(({ props }) => props.arn === withoutStar(destination));
}

function destinationGroup(aws: AwsContext, destination: string): CloudObject {
  if (destination === "")
    throw new AwsError("InvalidParameter", "LogDestination can't be empty if LogGroupName is not provided.");
  const group = groupOf(aws, destination);
  if (!group) throw new AwsError("LogDestinationNotFoundException", `LogDestination: ${destination} does not exist.`);
  return group;
}

/** The role by which the service delivers; a new one is not seen at first (B7). */
function assumedRole(aws: AwsContext, roleArn: string, flowLogArn: string): CloudObject {
  const role = aws.find(ROLE, roleOfArn(roleArn)?.name);
  const { knobs, clocks } = aws.estate;
  const young = role && knobs.eventualConsistency && clocks.work() - role.createdAt < WAITS.iamPropagation;
  if (!role || young || role.props.arn !== roleArn || !trustsFlowLogs(role, flowLogArn))
    throw new AwsError("InvalidParameter", CANNOT_ASSUME);
  return role;
}

function refuseTwin(aws: AwsContext, inputs: Props): void {
  const destination = (props: Props): string => withoutStar(text(props, "logDestination"));
  const twin = aws
    .list(FLOW_LOG)
    .some(
      ({ props }) =>
        props.vpcId === inputs.vpcId &&
        props.trafficType === inputs.trafficType &&
        destination(props) === destination(inputs),
    );
  if (twin)
    throw new AwsError(
      "FlowLogAlreadyExists",
      "Error. There is an existing Flow Log with the same configuration and log destination.",
    );
}

function withoutStar(arn: string): string {
  return arn.replace(/:\*$/, "");
}
