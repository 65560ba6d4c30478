import assert from "node:assert/strict";
import {
  AGENT_ACTIONS,
  bastionPolicy,
  bastionTrustPolicy,
  CHANNEL_ACTIONS,
} from "../../../../infra/contract/bastion-policy";

describe("bastion's policy", () => {
  it("allows the channels and the agent's calls only", () => {
    assert.deepEqual(bastionPolicy(), {
      Version: "2012-10-17",
      Statement: [
        { Sid: "Channels", Effect: "Allow", Action: CHANNEL_ACTIONS, Resource: "*" },
        { Sid: "Agent", Effect: "Allow", Action: AGENT_ACTIONS, Resource: "*" },
      ],
    });
    assert.deepEqual(CHANNEL_ACTIONS, [
      "ssmmessages:CreateControlChannel",
      "ssmmessages:CreateDataChannel",
      "ssmmessages:OpenControlChannel",
      "ssmmessages:OpenDataChannel",
    ]);
  });

  it("reads no parameters, secrets or databases", () => {
    const forbidden = [...AGENT_ACTIONS].filter((action) => /Parameter|secretsmanager|rds|kms|\*/.test(action));
    assert.deepEqual(forbidden, []);
  });

  it("is assumed by instances only, under the partition's service name", () => {
    const principal = (region: string) => bastionTrustPolicy(region).Statement[0]?.Principal;
    assert.deepEqual(principal("eu-west-2"), { Service: "ec2.amazonaws.com" });
    assert.deepEqual(principal("cn-north-1"), { Service: "ec2.amazonaws.com.cn" });
  });
});
