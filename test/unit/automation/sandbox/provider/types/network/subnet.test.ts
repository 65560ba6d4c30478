import assert from "node:assert/strict";
import { buildNetwork, openWorld, type World } from "../../world";

const SUBNET = "aws:ec2/subnet:Subnet";

describe("simulated subnet", () => {
  let world: World;
  let vpcId: string;
  beforeEach(async () => {
    world = await openWorld();
    vpcId = (await buildNetwork(world)).vpc.id;
  });
  afterEach(() => world.close());

  it("T30 an overlap with another subnet is refused", async () => {
    await assert.rejects(
      world.aws.make(SUBNET, { vpcId, cidrBlock: "10.40.0.32/27" }),
      /InvalidSubnet\.Conflict: The CIDR '10\.40\.0\.32\/27' conflicts with another subnet/,
    );
  });

  it("T31 a network outside the VPC is refused", async () => {
    await assert.rejects(world.aws.make(SUBNET, { vpcId, cidrBlock: "10.41.0.0/26" }), /InvalidSubnet\.Range/);
  });

  it("a zone of another region and a missing VPC are refused", async () => {
    await assert.rejects(
      world.aws.make(SUBNET, { vpcId, cidrBlock: "10.40.0.128/26", availabilityZone: "eu-west-1a" }),
      /InvalidParameterValue: Value \(eu-west-1a\)/,
    );
    await assert.rejects(
      world.aws.make(SUBNET, { vpcId: "vpc-1", cidrBlock: "10.40.0.128/26" }),
      /InvalidVpcID\.NotFound/,
    );
  });

  it("without a zone AWS chooses one", async () => {
    const { outputs } = await world.aws.make(SUBNET, { vpcId, cidrBlock: "10.40.0.128/26" });
    assert.deepEqual([outputs.availabilityZone, outputs.availabilityZoneId], ["eu-west-2a", "euw2-az2"]);
  });

  it("T37 is not deleted while an interface is in it", async () => {
    const [subnet] = world.estate.list(SUBNET);
    if (!subnet) throw new Error("no subnet");
    world.estate.add({
      token: "sandbox:ec2:NetworkInterface",
      id: "eni-1",
      account: subnet.account,
      region: subnet.region,
      props: { subnetId: subnet.id },
    });
    await assert.rejects(
      world.aws.remove({ token: SUBNET, id: subnet.id, outputs: subnet.props }),
      /DependencyViolation: The subnet/,
    );
  });
});
