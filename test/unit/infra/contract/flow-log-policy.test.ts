import assert from "node:assert/strict";
import { flowLogPolicy, flowLogTrustPolicy } from "../../../../infra/contract/flow-log-policy";

const LONDON = { region: "eu-west-2", account: "111122223333" };
const GROUP = "arn:aws:logs:eu-west-2:111122223333:log-group:/sallyport/payments/dev/flow-logs";

describe("policies of the flow log's role", () => {
  it("the service assumes it for flow logs of this account and region only", () => {
    assert.deepEqual(flowLogTrustPolicy(LONDON).Statement, [
      {
        Sid: "FlowLogs",
        Effect: "Allow",
        Principal: { Service: "vpc-flow-logs.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: {
          StringEquals: { "aws:SourceAccount": "111122223333" },
          ArnLike: { "aws:SourceArn": "arn:aws:ec2:eu-west-2:111122223333:vpc-flow-log/*" },
        },
      },
    ]);
  });

  it("in China the service has the same name, and flow logs have ARNs of that partition", () => {
    const [statement] = flowLogTrustPolicy({ region: "cn-north-1", account: "111122223333" }).Statement;
    assert.deepEqual(statement?.Principal, { Service: "vpc-flow-logs.amazonaws.com" });
    assert.deepEqual(statement?.Condition?.["ArnLike"], {
      "aws:SourceArn": "arn:aws-cn:ec2:cn-north-1:111122223333:vpc-flow-log/*",
    });
  });

  it("writes into its own log group alone, and makes none", () => {
    assert.deepEqual(flowLogPolicy(LONDON, GROUP).Statement, [
      {
        Sid: "Deliver",
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
        Resource: `${GROUP}:*`,
      },
      {
        Sid: "Find",
        Effect: "Allow",
        Action: "logs:DescribeLogGroups",
        Resource: "arn:aws:logs:eu-west-2:111122223333:log-group:*",
      },
    ]);
  });
});
