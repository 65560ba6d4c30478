import assert from "node:assert/strict";
import type { Props } from "../../../../../../../automation/sandbox/account/estate";
import { buildNetwork, openWorld, type World } from "../../world";
import { plainText } from "../../../../../../../automation/sandbox/account/plain-text";

const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";

describe("simulated security group rule", () => {
  let world: World;
  let rule: Props;
  beforeEach(async () => {
    world = await openWorld();
    const { group } = await buildNetwork(world);
    rule = { securityGroupId: group.id, ipProtocol: "tcp", fromPort: 5432, toPort: 5432, cidrIpv4: "10.40.0.0/24" };
  });
  afterEach(() => world.close());

  it("T21 two peers fail the check", async () => {
    const { failures } = await world.aws.check(INGRESS, { ...rule, referencedSecurityGroupId: "sg-1" });
    assert.match(failures.referencedSecurityGroupId ?? "", /cannot be configured together/);
  });

  it("T22 host bits and impossible ports fail the check", async () => {
    const { failures } = await world.aws.check(INGRESS, { ...rule, cidrIpv4: "10.40.0.1/24", toPort: 70_000 });
    assert.deepEqual(failures, {
      cidrIpv4: "10.40.0.1/24 must be a network address",
      toPort: "value must be between -1 and 65535",
    });
  });

  it("T32 the same rule twice is refused, whatever its description; the other direction is another rule", async () => {
    await world.aws.make(INGRESS, rule);
    await assert.rejects(
      world.aws.make(INGRESS, { ...rule, description: "again" }),
      /InvalidPermission\.Duplicate: the specified rule "peer: 10\.40\.0\.0\/24, TCP, from port: 5432, to port: 5432, ALLOW" already exists/,
    );
    await world.aws.make(EGRESS, rule);
  });

  it("tcp needs ports, groups must exist in the same VPC", async () => {
    const { fromPort: _from, toPort: _to, ...open } = rule;
    await assert.rejects(world.aws.make(INGRESS, open), /Must specify both from and to ports/);
    await assert.rejects(
      world.aws.make(INGRESS, { ...rule, securityGroupId: "sg-1" }),
      /InvalidGroup\.NotFound: The security group 'sg-1' does not exist/,
    );
    const elsewhere = await world.aws.make("aws:ec2/vpc:Vpc", { cidrBlock: "10.50.0.0/24" });
    const { cidrIpv4: _cidr, ...peerless } = rule;
    const foreign = { ...peerless, referencedSecurityGroupId: plainText(elsewhere.outputs.defaultSecurityGroupId) };
    await assert.rejects(
      world.aws.make(INGRESS, foreign),
      /InvalidGroup\.NotFound: You have specified two resources that belong to different networks/,
    );
  });

  it("another kind of peer replaces, another value of it does not", async () => {
    const made = await world.aws.make(INGRESS, rule);
    const { cidrIpv4: _cidr, ...peerless } = rule;
    assert.deepEqual((await world.aws.diff(made, { ...peerless, cidrIpv6: "::/0" })).replaces.toSorted(), [
      "cidrIpv4",
      "cidrIpv6",
    ]);
    const moved = { ...rule, cidrIpv4: "10.40.0.0/25" };
    assert.deepEqual((await world.aws.diff(made, moved)).replaces, []);
    assert.equal((await world.aws.update(made, moved)).outputs.cidrIpv4, "10.40.0.0/25");
  });
});
