import assert from "node:assert/strict";
import { buildCluster, buildNetwork, openWorld, type World } from "../../world";
import { plainText } from "../../../../../../../automation/sandbox/account/plain-text";

const GROUP = "aws:rds/subnetGroup:SubnetGroup";

describe("simulated subnet group", () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld();
  });
  afterEach(() => world.close());

  it("T50 subnets of one zone are refused", async () => {
    const { vpc, subnets } = await buildNetwork(world);
    const twin = await world.aws.make("aws:ec2/subnet:Subnet", {
      vpcId: vpc.id,
      cidrBlock: "10.40.0.128/26",
      availabilityZone: "eu-west-2a",
    });
    await assert.rejects(
      world.aws.make(GROUP, { name: "db", subnetIds: [subnets[0].id, twin.id] }),
      /creating RDS DB Subnet Group \(db\): operation error RDS: CreateDBSubnetGroup, .* DBSubnetGroupDoesNotCoverEnoughAZs: The DB subnet group doesn't meet Availability Zone \(AZ\) coverage requirement\. Current AZ coverage: eu-west-2a\. Add subnets to cover at least 2 AZs\./,
    );
  });

  it("a missing subnet and two VPCs are refused", async () => {
    const { subnets } = await buildNetwork(world);
    await assert.rejects(
      world.aws.make(GROUP, { name: "db", subnetIds: [subnets[0].id, "subnet-1"] }),
      /InvalidSubnet: The requested subnet subnet-1 is invalid/,
    );
    const elsewhere = await world.aws.make("aws:ec2/vpc:Vpc", { cidrBlock: "10.50.0.0/24" });
    const foreign = await world.aws.make("aws:ec2/subnet:Subnet", {
      vpcId: elsewhere.id,
      cidrBlock: "10.50.0.0/26",
      availabilityZone: "eu-west-2b",
    });
    await assert.rejects(
      world.aws.make(GROUP, { name: "db", subnetIds: [subnets[0].id, foreign.id] }),
      /InvalidSubnet/,
    );
  });

  it("its made name is lower case, a given upper-case one fails the check", async () => {
    assert.match(
      plainText((await world.aws.check(GROUP, { subnetIds: [] }, {}, "MyGroup")).inputs.name),
      /^mygroup-[0-9a-f]{7}$/,
    );
    assert.match((await world.aws.check(GROUP, { name: "Db", subnetIds: [] })).failures.name ?? "", /only lowercase/);
  });

  it("is not deleted while a cluster uses it", async () => {
    const { subnetGroup } = await buildCluster(world);
    await assert.rejects(
      world.aws.remove(subnetGroup),
      /InvalidDBSubnetGroupStateFault: Cannot delete the subnet group/,
    );
  });
});
