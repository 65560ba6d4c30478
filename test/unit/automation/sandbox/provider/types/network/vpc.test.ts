import assert from "node:assert/strict";
import { buildNetwork, openWorld, type World } from "../../world";
import { plainText } from "../../../../../../../automation/sandbox/account/plain-text";

const VPC = "aws:ec2/vpc:Vpc";

describe("simulated VPC", () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld();
  });
  afterEach(() => world.close());

  it("T22 host bits and a prefix outside /16 to /28 fail the check", async () => {
    for (const cidrBlock of ["10.0.0.1/16", "10.0.0.0/15", "10.0.0.0/29", "ten"]) {
      assert.match(
        (await world.aws.check(VPC, { cidrBlock })).failures.cidrBlock ?? "",
        /valid network Value with prefix between 16 and 28/,
      );
    }
  });

  it("has a default group and main table, which go with it", async () => {
    const vpc = await world.aws.make(VPC, { cidrBlock: "10.0.0.0/16" });
    const group = world.estate.find(
      "aws:ec2/securityGroup:SecurityGroup",
      plainText(vpc.outputs.defaultSecurityGroupId),
    );
    assert.deepEqual([group?.props.name, group?.hidden.default], ["default", true]);
    assert.equal(vpc.outputs.mainRouteTableId, vpc.outputs.defaultRouteTableId);
    await world.aws.remove(vpc);
    assert.deepEqual(
      world.estate.objects.filter((one) => one.hidden.seeded !== true),
      [],
    );
  });

  it("is not deleted while something is in it", async () => {
    const { vpc } = await buildNetwork(world);
    await assert.rejects(
      world.aws.remove(vpc),
      /deleting EC2 VPC .* api error DependencyViolation: The vpc 'vpc-\w+' has dependencies and cannot be deleted\./,
    );
  });

  it("a region has five at most", async () => {
    for (let count = 0; count < 5; count++) await world.aws.make(VPC, { cidrBlock: "10.0.0.0/16" });
    await assert.rejects(world.aws.make(VPC, { cidrBlock: "10.0.0.0/16" }), /VpcLimitExceeded/);
  });
});
