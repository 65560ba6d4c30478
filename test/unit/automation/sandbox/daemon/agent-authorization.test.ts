import assert from "node:assert/strict";
import { agentAuthorization } from "../../../../../automation/sandbox/daemon/agent-authorization";
import { instancePrincipal } from "../../../../../automation/sandbox/node/instance-credentials";
import { doorEstate } from "../../../../support/door-estate";

const ALLOW = { Effect: "Allow", Action: "ssm:UpdateInstanceInformation", Resource: "*" };
const policy = (...statements: object[]): string => JSON.stringify({ Version: "2012-10-17", Statement: statements });

describe("an agent's permission", () => {
  function decide(rolePolicy: string | undefined, endpointPolicy: string | undefined) {
    const { estate, instance, made } = doorEstate();
    assert.ok(made.role);
    if (rolePolicy !== undefined) {
      estate.add({
        token: "aws:iam/rolePolicy:RolePolicy",
        id: "sp-bastion:agent",
        account: "000000000000",
        region: "global",
        props: { role: "sp-bastion", policy: rolePolicy },
      });
    }
    const call = { action: "ssm:UpdateInstanceInformation", resource: "*", region: "eu-west-2", context: {} };
    return agentAuthorization(estate)({ ...call, principal: instancePrincipal(instance, made.role), endpointPolicy });
  }

  it("needs the role's policy and the endpoint's", () => {
    assert.deepEqual(decide(policy(ALLOW), policy(ALLOW)), { allowed: true, reason: "" });
    assert.deepEqual(decide(policy(ALLOW), undefined), { allowed: true, reason: "" });
    assert.deepEqual(decide(policy(ALLOW), policy({ ...ALLOW, Action: "ssm:GetDocument" })), {
      allowed: false,
      reason: "the endpoint's policy does not allow it",
    });
    const denied = decide(undefined, policy(ALLOW));
    assert.equal(denied.allowed, false);
    assert.match(
      denied.reason,
      /^User: arn:aws:sts::000000000000:assumed-role\/sp-bastion\/i-0123456789abcdef0 is not authorized to perform: ssm:UpdateInstanceInformation/,
    );
  });

  it("the endpoint's condition on the role is held against the agent's", () => {
    const condition = (role: string) => ({
      StringEquals: { "aws:PrincipalAccount": "000000000000" },
      ArnEquals: { "aws:PrincipalArn": `arn:aws:iam::000000000000:role/${role}` },
    });
    assert.equal(
      decide(policy(ALLOW), policy({ ...ALLOW, Principal: "*", Condition: condition("sp-bastion") })).allowed,
      true,
    );
    assert.equal(
      decide(policy(ALLOW), policy({ ...ALLOW, Principal: "*", Condition: condition("another") })).allowed,
      false,
    );
  });
});
