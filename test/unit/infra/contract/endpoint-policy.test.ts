import assert from "node:assert/strict";
import { AGENT_ACTIONS, CHANNEL_ACTIONS } from "../../../../infra/contract/bastion-policy";
import { ENDPOINT_SERVICES, endpointPolicy } from "../../../../infra/contract/endpoint-policy";

describe("endpoint policy", () => {
  it("covers exactly the two services that Session Manager needs", () => {
    assert.deepEqual(ENDPOINT_SERVICES, ["ssm", "ssmmessages"]);
  });

  for (const [service, actions] of [
    ["ssm", AGENT_ACTIONS],
    ["ssmmessages", CHANNEL_ACTIONS],
  ] as const) {
    it(`lets only the bastion's role make the agent's calls: ${service}`, () => {
      assert.deepEqual(endpointPolicy(service, "111122223333", "arn:aws:iam::111122223333:role/b").Statement, [
        {
          Sid: "Bastion",
          Effect: "Allow",
          Principal: "*",
          Action: actions,
          Resource: "*",
          Condition: {
            StringEquals: { "aws:PrincipalAccount": "111122223333" },
            ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/b" },
          },
        },
      ]);
    });
  }
});
