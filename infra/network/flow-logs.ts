import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { flowLogPolicy, flowLogTrustPolicy } from "../contract/flow-log-policy";
import { LOG_RETENTION_DAYS } from "../contract/log-retention";
import { flowLogGroupName, flowLogRoleName } from "../contract/names";
import { policyText } from "../contract/policy-document";

/** Arguments of FlowLogs. */
export interface FlowLogsArgs {
  readonly estate: string;
  readonly env: string;
  readonly region: string;
  readonly account: pulumi.Output<string>;
  readonly vpcId: pulumi.Input<string>;
  /** Whether AWS refuses to delete the log group. */
  readonly deletionProtection: boolean;
}

/** Seconds over which connections are added up: the shorter of AWS's two, so that a flow can be laid beside a session. */
const AGGREGATION_SECONDS = 60;

/**
 * Every connection in the VPC, admitted or refused, in a log group. The log goes with its environment; where a cluster is protected
 * against deletion, so is the log.
 */
export class FlowLogs extends pulumi.ComponentResource {
  readonly flowLogId: pulumi.Output<string>;

  constructor(name: string, args: FlowLogsArgs, options?: pulumi.ComponentResourceOptions) {
    super("sallyport:network:FlowLogs", name, {}, options);
    const { estate, env, region } = args;
    const inside = { parent: this };
    const logs = new aws.cloudwatch.LogGroup(
      name,
      {
        name: flowLogGroupName(estate, env),
        retentionInDays: LOG_RETENTION_DAYS,
        deletionProtectionEnabled: args.deletionProtection,
      },
      inside,
    );
    const role = new aws.iam.Role(
      name,
      {
        name: flowLogRoleName(estate, env),
        description: `Delivers the flow log of ${estate}/${env}`,
        assumeRolePolicy: args.account.apply((account) => policyText(flowLogTrustPolicy({ region, account }))),
      },
      inside,
    );
    const policy = new aws.iam.RolePolicy(
      `${name}-deliver`,
      {
        name: "deliver",
        role: role.name,
        policy: pulumi
          .all([args.account, logs.arn])
          .apply(([account, arn]) => policyText(flowLogPolicy({ region, account }, arn))),
      },
      inside,
    );
    const flowLog = new aws.ec2.FlowLog(
      name,
      {
        vpcId: args.vpcId,
        trafficType: "ALL",
        logDestination: logs.arn,
        iamRoleArn: role.arn,
        maxAggregationInterval: AGGREGATION_SECONDS,
        tags: { Name: name },
      },
      // Without the policy the flow log is made all the same, and nothing arrives.
      { parent: this, dependsOn: [policy] },
    );
    this.flowLogId = flowLog.id;
    this.registerOutputs({ flowLogId: this.flowLogId });
  }
}
