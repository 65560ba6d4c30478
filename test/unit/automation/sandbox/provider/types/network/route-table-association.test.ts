import assert from "node:assert/strict";
import { buildNetwork, openWorld, type World } from "../../world";

const TABLE = "aws:ec2/routeTable:RouteTable";
const ASSOCIATION = "aws:ec2/routeTableAssociation:RouteTableAssociation";

describe("simulated route table association", () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld();
  });
  afterEach(() => world.close());

  it("a subnet has one, in its own VPC", async () => {
    const { vpc, subnets } = await buildNetwork(world);
    const table = await world.aws.make(TABLE, { vpcId: vpc.id });
    const elsewhere = await world.aws.make("aws:ec2/vpc:Vpc", { cidrBlock: "10.50.0.0/24" });
    const foreign = await world.aws.make(TABLE, { vpcId: elsewhere.id });
    await assert.rejects(
      world.aws.make(ASSOCIATION, { routeTableId: foreign.id, subnetId: subnets[0].id }),
      /InvalidParameterValue: Route table \S+ and subnet \S+ belong to different networks/,
    );
    await world.aws.make(ASSOCIATION, { routeTableId: table.id, subnetId: subnets[0].id });
    await assert.rejects(
      world.aws.make(ASSOCIATION, { routeTableId: table.id, subnetId: subnets[0].id }),
      /Resource\.AlreadyAssociated/,
    );
    const { failures } = await world.aws.check(ASSOCIATION, {
      routeTableId: table.id,
      subnetId: "subnet-1",
      gatewayId: "igw-1",
    });
    assert.deepEqual(failures, { subnetId: "exactly one of subnetId, gatewayId" });
  });
});
