import assert from "node:assert/strict";
import { EC2_TRUST, openWorld, POLICY, type World } from "../../world";

const POLICY_TYPE = "aws:iam/rolePolicy:RolePolicy";

describe("simulated inline policy", () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld();
    await world.aws.make("aws:iam/role:Role", { name: "r", assumeRolePolicy: EC2_TRUST });
  });
  afterEach(() => world.close());

  it("its id is role and name", async () => {
    assert.equal((await world.aws.make(POLICY_TYPE, { name: "p", role: "r", policy: POLICY })).id, "r:p");
  });

  it("a missing role, a principal and a resource that is no ARN are refused", async () => {
    await assert.rejects(
      world.aws.make(POLICY_TYPE, { name: "p", role: "x", policy: POLICY }),
      /NoSuchEntity: The role with name x cannot be found\./,
    );
    await assert.rejects(
      world.aws.make(POLICY_TYPE, { name: "p", role: "r", policy: EC2_TRUST }),
      /MalformedPolicyDocument: Policy document should not specify a principal\./,
    );
    const policy = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "*", Resource: "bucket" }],
    });
    await assert.rejects(
      world.aws.make(POLICY_TYPE, { name: "p", role: "r", policy }),
      /MalformedPolicyDocument: Resource bucket must be in ARN format or "\*"\./,
    );
    assert.match(
      (await world.aws.check(POLICY_TYPE, { name: "p", role: "r", policy: "[]" })).failures.policy ?? "",
      /invalid JSON policy/,
    );
  });

  it("a role's policies together have 10240 characters", async () => {
    const policy = (length: number): string =>
      JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: `s3:${"a".repeat(length)}`, Resource: "*" }],
      });
    const first = await world.aws.make(POLICY_TYPE, { name: "p", role: "r", policy: policy(6000) });
    await assert.rejects(
      world.aws.make(POLICY_TYPE, { name: "q", role: "r", policy: policy(6000) }),
      /LimitExceeded: Maximum policy size of 10240 bytes exceeded for role r/,
    );
    await assert.rejects(
      world.aws.update(first, { name: "p", role: "r", policy: policy(11_000) }),
      /updating IAM Role Policy \(r:p\).*LimitExceeded/,
    );
  });
});
