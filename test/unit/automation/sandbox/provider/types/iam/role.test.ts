import assert from "node:assert/strict";
import { EC2_TRUST, openWorld, POLICY, type World } from "../../world";
import { plainText } from "../../../../../../../automation/sandbox/account/plain-text";

const ROLE = "aws:iam/role:Role";
const trusting = (arn: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: arn } }],
  });

describe("simulated role", () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld();
  });
  afterEach(() => world.close());

  it("an object is as good as its text", async () => {
    const role = await world.aws.make(ROLE, { name: "r", assumeRolePolicy: JSON.parse(EC2_TRUST) as never });
    assert.deepEqual(JSON.parse(plainText(role.outputs.assumeRolePolicy)), JSON.parse(EC2_TRUST));
    assert.equal(role.outputs.arn, "arn:aws:iam::000000000000:role/r");
  });

  it("names, durations and texts that are no JSON fail the check", async () => {
    const { failures } = await world.aws.check(ROLE, { name: "a b", assumeRolePolicy: "{", maxSessionDuration: 60 });
    assert.deepEqual(Object.keys(failures).sort(), ["assumeRolePolicy", "maxSessionDuration", "name"]);
  });

  it("a taken name and a trust policy without principal are refused", async () => {
    await world.aws.make(ROLE, { name: "r", assumeRolePolicy: EC2_TRUST });
    await assert.rejects(
      world.aws.make(ROLE, { name: "r", assumeRolePolicy: EC2_TRUST }),
      /StatusCode: 409, RequestID: [0-9a-f-]{36}, EntityAlreadyExists: Role with name r already exists\./,
    );
    await assert.rejects(
      world.aws.make(ROLE, { name: "s", assumeRolePolicy: POLICY }),
      /MalformedPolicyDocument: Missing required field Principal/,
    );
  });

  it("T80 is not deleted with policies, nor T81 with a profile; a forced one detaches", async () => {
    const role = await world.aws.make(ROLE, { name: "r", assumeRolePolicy: EC2_TRUST });
    const attachment = await world.aws.make("aws:iam/rolePolicyAttachment:RolePolicyAttachment", {
      role: "r",
      policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess",
    });
    await assert.rejects(
      world.aws.remove(role),
      /DeleteConflict: Cannot delete entity, must detach all policies first\./,
    );
    await world.aws.remove(attachment);
    const policy = await world.aws.make("aws:iam/rolePolicy:RolePolicy", { name: "p", role: "r", policy: POLICY });
    await assert.rejects(world.aws.remove(role), /DeleteConflict: Cannot delete entity, must delete policies first\./);
    await world.aws.remove(policy);
    const profile = await world.aws.make("aws:iam/instanceProfile:InstanceProfile", { name: "r", role: "r" });
    await assert.rejects(
      world.aws.remove(role),
      /DeleteConflict: Cannot delete entity, must remove roles from instance profile first\./,
    );
    await world.aws.remove(profile);
    await world.aws.make("aws:iam/rolePolicy:RolePolicy", { name: "p", role: "r", policy: POLICY });
    await world.aws.remove({ ...role, outputs: { ...role.outputs, forceDetachPolicies: true } });
    assert.deepEqual(
      world.estate.list("aws:iam/rolePolicy:RolePolicy").filter((one) => one.props.role === "r"),
      [],
    );
  });

  it("T82 a trusted role that does not exist is waited for two minutes, then refused", async () => {
    const arn = "arn:aws:iam::000000000000:role/later";
    const before = world.estate.clocks.work();
    await assert.rejects(
      world.aws.make(ROLE, { name: "r", assumeRolePolicy: trusting(arn) }),
      /MalformedPolicyDocument: Invalid principal in policy: "AWS":"arn:aws:iam::000000000000:role\/later"/,
    );
    assert.equal(world.estate.clocks.work() - before, 120_000);
    const later = await world.aws.make(ROLE, { name: "later", assumeRolePolicy: EC2_TRUST });
    await world.aws.make(ROLE, { name: "r", assumeRolePolicy: trusting(arn) });
    assert.deepEqual(world.estate.find(ROLE, "r")?.hidden.trustedIds, { [arn]: later.outputs.uniqueId });
  });
});
