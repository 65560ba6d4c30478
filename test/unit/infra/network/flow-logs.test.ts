import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { flowLogPolicy, flowLogTrustPolicy } from "../../../../infra/contract/flow-log-policy";
import { FlowLogs } from "../../../../infra/network/flow-logs";
import { inputsOf, record, settled, type Recording } from "../recorded";

const PLACE = { region: "eu-west-2", account: "111122223333" };

describe("flow logs", () => {
  const recordWith = async (deletionProtection: boolean): Promise<Recording> => {
    const { recording, result } = await record(
      () =>
        new FlowLogs("f", {
          estate: "payments",
          env: "dev",
          region: PLACE.region,
          account: pulumi.output(PLACE.account),
          vpcId: "vpc-1",
          deletionProtection,
        }),
    );
    await settled(result.flowLogId);
    return recording;
  };
  let recording: Recording;
  before(async () => {
    recording = await recordWith(false);
  });

  it("cover all traffic of the VPC, by the minute, into a log group of their own", () => {
    assert.deepEqual(inputsOf(recording, "aws:ec2/flowLog:FlowLog"), {
      vpcId: "vpc-1",
      trafficType: "ALL",
      logDestination: "arn:mock:f",
      iamRoleArn: "arn:mock:f",
      maxAggregationInterval: 60,
      tags: { Name: "f" },
    });
  });

  it("are kept for more than a year", () => {
    assert.deepEqual(inputsOf(recording, "aws:cloudwatch/logGroup:LogGroup"), {
      name: "/sallyport/payments/dev/flow-logs",
      retentionInDays: 400,
      deletionProtectionEnabled: false,
    });
  });

  it("are protected against deletion where that is wanted", async () => {
    const { deletionProtectionEnabled } = inputsOf(await recordWith(true), "aws:cloudwatch/logGroup:LogGroup");
    assert.equal(deletionProtectionEnabled, true);
  });

  it("are delivered by a role that is good for nothing else", () => {
    const role = inputsOf(recording, "aws:iam/role:Role");
    assert.deepEqual(
      [role["name"], JSON.parse(String(role["assumeRolePolicy"]))],
      ["sallyport-payments-dev-flow-logs", flowLogTrustPolicy(PLACE)],
    );
    const policy = inputsOf(recording, "aws:iam/rolePolicy:RolePolicy");
    assert.deepEqual(
      [policy["name"], policy["role"], JSON.parse(String(policy["policy"]))],
      ["deliver", "sallyport-payments-dev-flow-logs", flowLogPolicy(PLACE, "arn:mock:f")],
    );
  });

  it("begin only when the role may write", () => {
    assert.ok(recording.dependencies.get("aws:ec2/flowLog:FlowLog f")?.includes("f-deliver"));
  });
});
