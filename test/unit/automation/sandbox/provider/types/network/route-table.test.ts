import assert from "node:assert/strict";
import { buildNetwork, openWorld, type World } from "../../world";

const TABLE = "aws:ec2/routeTable:RouteTable";

describe("simulated route table", () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld();
  });
  afterEach(() => world.close());

  it("a route needs one destination and one target, and a gateway that exists", async () => {
    const { vpc } = await buildNetwork(world);
    const { failures } = await world.aws.check(TABLE, { vpcId: vpc.id, routes: [{ cidrBlock: "0.0.0.0/0" }] });
    assert.deepEqual(failures, { "routes[0]": "exactly one destination and one target per route" });
    const routes = [{ cidrBlock: "0.0.0.0/0", gatewayId: "igw-1" }];
    await assert.rejects(
      world.aws.make(TABLE, { vpcId: vpc.id, routes }),
      /InvalidParameterValue: no such target here: igw-1/,
    );
  });

  it("is not deleted while a subnet uses it", async () => {
    const { vpc, subnets } = await buildNetwork(world);
    const table = await world.aws.make(TABLE, { vpcId: vpc.id });
    const association = await world.aws.make("aws:ec2/routeTableAssociation:RouteTableAssociation", {
      routeTableId: table.id,
      subnetId: subnets[0].id,
    });
    await assert.rejects(world.aws.remove(table), /DependencyViolation: The routeTable/);
    await world.aws.remove(association);
    await world.aws.remove(table);
    assert.equal(world.estate.find(TABLE, table.id), undefined);
  });
});
