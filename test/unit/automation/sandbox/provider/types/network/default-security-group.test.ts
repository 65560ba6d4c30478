import assert from "node:assert/strict";
import type { CloudObject } from "../../../../../../../automation/sandbox/account/estate";
import { plainText } from "../../../../../../../automation/sandbox/account/plain-text";
import { permits } from "../../../../../../../automation/sandbox/network/security-groups";
import { buildNetwork, openWorld, type Built, type World } from "../../world";

const DEFAULT_GROUP = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";
const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const ALL = { protocol: "-1", fromPort: 0, toPort: 0 };
const HTTPS = { protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["10.40.0.0/24"] };

describe("simulated default security group", () => {
  let world: World;
  let vpc: Built;
  beforeEach(async () => {
    world = await openWorld();
    ({ vpc } = await buildNetwork(world));
  });
  afterEach(() => world.close());

  /** The VPC's own group, as the account has it. */
  const group = (): CloudObject => {
    const found = world.estate.find(GROUP, plainText(vpc.outputs.defaultSecurityGroupId));
    assert.ok(found);
    return found;
  };
  const dialsOut = (): boolean => {
    const own = { vpcId: vpc.id, ranges: ["10.40.0.5"], groups: [group().id] };
    const peer = { vpcId: vpc.id, ranges: ["10.40.0.70"], groups: [] };
    return permits(world.estate, own, "egress", 5432, peer, group().account);
  };
  const rule = async (direction: "Ingress" | "Egress"): Promise<void> => {
    await world.aws.make(`aws:vpc/securityGroup${direction}Rule:SecurityGroup${direction}Rule`, {
      securityGroupId: group().id,
      ipProtocol: "-1",
      cidrIpv4: "0.0.0.0/0",
    });
  };

  it("takes over the VPC's own group and revokes its rules: its members reach nothing any more", async () => {
    assert.equal(dialsOut(), true);
    const groups = world.estate.list(GROUP).length;
    const made = await world.aws.make(DEFAULT_GROUP, { vpcId: vpc.id, ingress: [], egress: [], tags: { Name: "n" } });
    assert.deepEqual(
      [made.id, made.outputs.name, made.outputs.ingress, made.outputs.egress, made.outputs.tags],
      [vpc.outputs.defaultSecurityGroupId, "default", [], [], { Name: "n" }],
    );
    assert.deepEqual([group().props.ingress, group().props.egress], [[], []]);
    assert.equal(dialsOut(), false);
    assert.equal(world.estate.list(GROUP).length, groups);
  });

  it("revokes rules that were resources of their own, and no other group's", async () => {
    await rule("Ingress");
    await rule("Egress");
    await world.aws.make(DEFAULT_GROUP, { vpcId: vpc.id, egress: [] });
    assert.equal(dialsOut(), false);
    assert.deepEqual(
      world.estate.objects.filter(({ token }) => token.startsWith("aws:vpc/")),
      [],
    );
  });

  it("has the rules that are written, and others after an update", async () => {
    const made = await world.aws.make(DEFAULT_GROUP, { vpcId: vpc.id, ingress: [HTTPS] });
    assert.deepEqual([group().props.ingress, group().props.egress], [[HTTPS], []]);
    await world.aws.update(made, { vpcId: vpc.id, ingress: [], egress: [HTTPS] });
    assert.deepEqual([group().props.ingress, group().props.egress], [[], [HTTPS]]);
  });

  it("a rule that somebody adds shows as drift", async () => {
    const made = await world.aws.make(DEFAULT_GROUP, { vpcId: vpc.id, ingress: [], egress: [] });
    group().props.ingress = [{ ...ALL, self: true }];
    const { inputs } = await world.aws.read(DEFAULT_GROUP, made.id, made.outputs, made.inputs);
    assert.deepEqual([inputs.ingress, inputs.egress], [[{ ...ALL, self: true }], []]);
  });

  it("at the end is only forgotten: the group stays without rules until its VPC goes", async () => {
    const made = await world.aws.make(DEFAULT_GROUP, { vpcId: vpc.id, ingress: [], egress: [] });
    await world.aws.remove(made);
    assert.deepEqual([group().props.ingress, group().props.egress], [[], []]);
    const empty = await world.aws.make("aws:ec2/vpc:Vpc", { cidrBlock: "10.50.0.0/24" });
    const adopted = await world.aws.make(DEFAULT_GROUP, { vpcId: empty.id });
    await world.aws.remove(adopted);
    await world.aws.remove(empty);
    assert.equal(world.estate.find(GROUP, adopted.id), undefined);
  });

  it("another VPC's group replaces", async () => {
    const made = await world.aws.make(DEFAULT_GROUP, { vpcId: vpc.id, ingress: [], egress: [] });
    assert.deepEqual((await world.aws.diff(made, { vpcId: "vpc-0", ingress: [], egress: [] })).replaces, ["vpcId"]);
  });

  it("a VPC that is missing, or left out where there is no default one, is refused by the provider", async () => {
    await assert.rejects(
      world.aws.make(DEFAULT_GROUP, { vpcId: "vpc-0" }),
      /reading EC2 Default Security Group \(vpc-0\): empty result/,
    );
    await assert.rejects(
      world.aws.make(DEFAULT_GROUP, {}),
      /reading EC2 Default Security Group \(no default VPC\): empty result/,
    );
  });
});
