import { AwsError } from "../../account/aws-error";
import { text, type ResourceType } from "../resource-type";

const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";
/** PutRetentionPolicy, CloudWatch Logs API reference; 0 = for ever. */
const RETENTION = [
  0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** A log group. */
export const logGroup: ResourceType = {
  token: LOG_GROUP,
  service: "CloudWatch Logs",
  noun: "CloudWatch Logs Log Group",
  operations: { create: "CreateLogGroup", update: "PutRetentionPolicy", delete: "DeleteLogGroup" },
  rules: (inputs, fail) => {
    const name = text(inputs, "name");
    if (inputs.name !== undefined && (!/^[.\-_/#A-Za-z0-9]{1,512}$/.test(name) || name.startsWith("aws/")))
      fail("name", "invalid value for name");
    if (inputs.retentionInDays !== undefined && !RETENTION.includes(Number(inputs.retentionInDays))) {
      fail(
        "retentionInDays",
        `expected retention_in_days to be one of [${RETENTION.join(" ")}], got ${Number(inputs.retentionInDays)}`,
      );
    }
    if (inputs.kmsKeyId !== undefined) fail("kmsKeyId", "not simulated here");
  },
  create: (aws, inputs) => {
    const name = text(inputs, "name");
    if (aws.find(LOG_GROUP, name))
      throw new AwsError("ResourceAlreadyExistsException", "The specified log group already exists");
    return aws.add(LOG_GROUP, name, { retentionInDays: 0, ...inputs, arn: aws.arn("logs", `log-group:${name}`) });
  },
  delete: (_aws, object) => {
    if (object.props.deletionProtectionEnabled === true)
      throw new AwsError("ValidationException", "The log group has deletion protection enabled");
  },
};
