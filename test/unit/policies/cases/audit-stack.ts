import { dbAlarm } from "../../../../policies/audit/db-alarm";
import { trailRequired } from "../../../../policies/audit/trail-required";
import { UNKNOWN } from "../run-rule";
import type { StackSample } from "./estate";
import type { StackRuleCases } from "./stack-rule-cases";

type Values = Record<string, unknown>;

const resource = (type: string, name: string, props: Values, from?: StackSample["from"]): StackSample => ({
  type,
  name,
  props,
  ...(from ? { from } : {}),
});
const cluster = (props: Values = {}): StackSample =>
  resource("aws:rds/cluster:Cluster", "orders", {
    clusterIdentifier: "acme-orders",
    iamDatabaseAuthenticationEnabled: true,
    ...props,
  });
const trail = (props: Values): StackSample => resource("aws:cloudtrail/trail:Trail", "trail", props);
const whole = { isMultiRegionTrail: true, enableLogFileValidation: true };
const REFUSED = "IamDbAuthConnectionFailureInsufficientPermissions";
const alarm = (props: Values, from?: StackSample["from"]): StackSample =>
  resource("aws:cloudwatch/metricAlarm:MetricAlarm", "alarm", props, from);
const filter = (props: Values, from?: StackSample["from"]): StackSample =>
  resource(
    "aws:cloudwatch/logMetricFilter:LogMetricFilter",
    "filter",
    { metricTransformation: { name: "refused", namespace: "acme", value: "1" }, ...props },
    from,
  );
const group = (props: Values, from?: StackSample["from"]): StackSample =>
  resource("aws:cloudwatch/logGroup:LogGroup", "group", props, from);
const counting = alarm({ metricName: "refused", namespace: "acme" });
const NO_ALARM = "orders: The database has no alarm on refused IAM logins";

export const AUDIT_STACK_CASES: readonly StackRuleCases[] = [
  {
    rule: trailRequired,
    ok: [
      { title: "a trail of all regions", resources: [cluster(), trail(whole)] },
      { title: "the organisation's", resources: [cluster()], settings: { externalTrailArn: "arn:trail" } },
      { title: "a stack without database", resources: [] },
    ],
    bad: [
      {
        title: "none",
        resources: [cluster()],
        found: ["orders: The stack has no trail, and the setting externalTrailArn names none"],
      },
      {
        title: "an empty setting",
        resources: [resource("aws:rds/instance:Instance", "reports", {})],
        settings: { externalTrailArn: "" },
        found: ["reports: The stack has no trail, and the setting externalTrailArn names none"],
      },
      {
        title: "a trail that proves nothing",
        resources: [trail({ enableLogging: false })],
        settings: { externalTrailArn: "arn:trail" },
        found: [
          "trail: isMultiRegionTrail is not on",
          "trail: enableLogFileValidation is not on",
          "trail: enableLogging is off",
        ],
      },
    ],
    unknown: [
      {
        title: "one switch: the others are decided",
        resources: [cluster(), trail({ isMultiRegionTrail: UNKNOWN })],
        open: ["isMultiRegionTrail"],
        found: ["trail: enableLogFileValidation is not on"],
      },
    ],
  },
  {
    rule: dbAlarm,
    ok: [
      {
        title: "an alarm on the metric of the database",
        resources: [
          cluster(),
          alarm(
            { namespace: "AWS/RDS", metricName: REFUSED, dimensions: { DBClusterIdentifier: UNKNOWN } },
            { dimensions: ["orders"] },
          ),
        ],
      },
      {
        title: "by its identifier",
        resources: [
          cluster(),
          alarm({ namespace: "AWS/RDS", metricName: REFUSED, dimensions: { DBClusterIdentifier: "acme-orders" } }),
        ],
      },
      { title: "on all databases", resources: [cluster(), alarm({ namespace: "AWS/RDS", metricName: REFUSED })] },
      {
        title: "on a filter of its log",
        resources: [cluster(), filter({ logGroupName: "/aws/rds/cluster/acme-orders/iam-db-auth-error" }), counting],
      },
      {
        title: "on a filter of its log group, which comes from the database",
        resources: [
          cluster(),
          group({ name: UNKNOWN }, { name: ["orders"] }),
          filter({ logGroupName: UNKNOWN }, { logGroupName: ["group"] }),
          alarm({ metricName: UNKNOWN }, { metricName: ["filter"] }),
        ],
      },
      {
        title: "on a filter of its log group, by name",
        resources: [
          cluster(),
          group({ name: "/aws/rds/cluster/acme-orders/postgresql" }),
          filter({ logGroupName: "/aws/rds/cluster/acme-orders/postgresql" }),
          counting,
        ],
      },
      { title: "alarms elsewhere", resources: [cluster()], settings: { externalAlarms: true } },
      { title: "no IAM logins", resources: [cluster({ iamDatabaseAuthenticationEnabled: false })] },
    ],
    bad: [
      { title: "none", resources: [cluster()], found: [NO_ALARM] },
      {
        title: "an instance without",
        resources: [
          resource("aws:rds/instance:Instance", "reports", { identifier: "r", iamDatabaseAuthenticationEnabled: true }),
        ],
        found: ["reports: The database has no alarm on refused IAM logins"],
      },
      {
        title: "an alarm on another metric",
        resources: [
          cluster(),
          alarm({
            namespace: "AWS/RDS",
            metricName: "CPUUtilization",
            dimensions: { DBClusterIdentifier: "acme-orders" },
          }),
        ],
        found: [NO_ALARM],
      },
      {
        title: "an alarm on another database",
        resources: [
          cluster(),
          alarm({ namespace: "AWS/RDS", metricName: REFUSED, dimensions: { DBClusterIdentifier: "other" } }),
        ],
        found: [NO_ALARM],
      },
      {
        title: "a filter that nobody hears",
        resources: [cluster(), filter({ logGroupName: "/aws/rds/cluster/acme-orders/iam-db-auth-error" })],
        found: [NO_ALARM],
      },
      {
        title: "a filter of another log",
        resources: [cluster(), filter({ logGroupName: "/aws/rds/cluster/acme-orders/instance" }), counting],
        found: [NO_ALARM],
      },
      {
        title: "a filter of another database",
        resources: [cluster(), filter({ logGroupName: "/aws/rds/cluster/acme-orders-2/postgresql" }), counting],
        found: [NO_ALARM],
      },
    ],
    unknown: [
      {
        title: "the switch",
        resources: [cluster({ iamDatabaseAuthenticationEnabled: UNKNOWN })],
        open: ["iamDatabaseAuthenticationEnabled"],
      },
      {
        title: "an alarm, which may be the one",
        resources: [cluster(), alarm({ namespace: "AWS/RDS", metricName: UNKNOWN })],
        open: ["metricName"],
      },
    ],
  },
];
