import { arnOf } from "./partition";
import { policyOf, type PolicyDocument } from "./policy-document";

/**
 * Who writes flow logs: the same name in every partition (Amazon VPC user guide, "IAM role for publishing flow logs to CloudWatch
 * Logs"; that of China names the same service).
 */
const FLOW_LOGS = "vpc-flow-logs.amazonaws.com";

/** Where an environment's flow log stands. */
export interface FlowLogPlace {
  readonly region: string;
  readonly account: string;
}

/**
 * Who may assume the role: the flow log service, for flow logs of this account and region only. The flow log's id is not known
 * before it exists, and it wants the role first.
 */
export function flowLogTrustPolicy({ region, account }: FlowLogPlace): PolicyDocument {
  return policyOf([
    {
      Sid: "FlowLogs",
      Effect: "Allow",
      Principal: { Service: FLOW_LOGS },
      Action: "sts:AssumeRole",
      Condition: {
        StringEquals: { "aws:SourceAccount": account },
        ArnLike: { "aws:SourceArn": arnOf({ region }, "ec2", region, account, "vpc-flow-log/*") },
      },
    },
  ]);
}

/**
 * Writing into the one log group. Without the `logs:CreateLogGroup` of AWS's own example: the group stands before, and a late
 * delivery cannot make it again, without an end of retention, after the environment is gone.
 *
 * @param logGroupArn without the `:*` at its end
 */
export function flowLogPolicy({ region, account }: FlowLogPlace, logGroupArn: string): PolicyDocument {
  const groups = arnOf({ region }, "logs", region, account, "log-group:*");
  return policyOf([
    {
      Sid: "Deliver",
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
      Resource: `${logGroupArn}:*`,
    },
    { Sid: "Find", Effect: "Allow", Action: "logs:DescribeLogGroups", Resource: groups }, // asked of all groups, not of one
  ]);
}
