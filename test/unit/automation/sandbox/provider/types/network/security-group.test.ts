import assert from "node:assert/strict";
import { buildNetwork, openWorld, type World } from "../../world";

const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";

describe("simulated security group", () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld();
  });
  afterEach(() => world.close());

  it("starts without any rule, egress neither", async () => {
    const { group } = await buildNetwork(world);
    assert.deepEqual([group.outputs.ingress, group.outputs.egress], [[], []]);
  });

  it("T39 a new description collides with the old group's fixed name", async () => {
    const { vpc } = await buildNetwork(world);
    const group = await world.aws.make(GROUP, { vpcId: vpc.id, name: "fixed", description: "old" });
    const changed = { vpcId: vpc.id, name: "fixed", description: "new" };
    const { replaces, deleteBeforeReplace } = await world.aws.diff(group, changed);
    assert.deepEqual([replaces, deleteBeforeReplace], [["description"], false]);
    await assert.rejects(
      world.aws.make(GROUP, changed),
      /InvalidGroup\.Duplicate: The security group 'fixed' already exists for VPC/,
    );
  });

  it("T36 is not deleted while another group's rule names it: the provider tries for a quarter of an hour", async () => {
    const { vpc, group } = await buildNetwork(world);
    const peer = await world.aws.make(GROUP, { vpcId: vpc.id, description: "peer" }, "peer");
    const rule = await world.aws.make(INGRESS, {
      securityGroupId: peer.id,
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      referencedSecurityGroupId: group.id,
    });
    const before = world.estate.clocks.work();
    await assert.rejects(world.aws.remove(group), /DependencyViolation: resource sg-\w+ has a dependent object/);
    assert.equal(world.estate.clocks.work() - before, 15 * 60_000);
    await world.aws.remove(rule);
    await world.aws.remove(group);
    assert.equal(world.estate.find(GROUP, group.id), undefined);
  });

  it("names like ids and odd descriptions fail the check", async () => {
    assert.match((await world.aws.check(GROUP, { name: "sg-mine" })).failures.name ?? "", /sg-\*/);
    assert.match(
      (await world.aws.check(GROUP, { description: "ünder" })).failures.description ?? "",
      /Invalid security group description/,
    );
  });
});
