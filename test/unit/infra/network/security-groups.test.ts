import assert from "node:assert/strict";
import { SecurityGroups } from "../../../../infra/network/security-groups";
import { record, settled, type Recording } from "../recorded";

describe("security groups", () => {
  let recording: Recording;

  before(async () => {
    const recorded = await record(() => new SecurityGroups("g", { vpcId: "vpc-1" }));
    recording = recorded.recording;
    await Promise.all(recorded.result.rules.map((rule) => settled(rule.urn)));
  });

  it("are made empty, with rules as resources of their own", () => {
    const groups = recording.resources.filter((each) => each.type === "aws:ec2/securityGroup:SecurityGroup");
    assert.deepEqual(
      groups.map(({ name, inputs }) => [name, inputs["ingress"], inputs["egress"], inputs["vpcId"]]),
      ["bastion", "endpoint", "database"].map((kind) => [`g-${kind}`, undefined, undefined, "vpc-1"]),
    );
  });

  it("give the bastion no inbound rule, and the others no outbound rule", () => {
    const rules = recording.resources.filter((each) => each.type.startsWith("aws:vpc/"));
    assert.deepEqual(
      rules
        .sort((a, b) => (a.name < b.name ? -1 : 1))
        .map(({ type, inputs, parent }) => [type.split(":").at(-1), inputs, parent]),
      [
        ["SecurityGroupEgressRule", rule("bastion", 5432, "database", "bastion-to-database"), "g"],
        ["SecurityGroupEgressRule", rule("bastion", 443, "endpoint", "bastion-to-endpoint"), "g"],
        ["SecurityGroupIngressRule", rule("database", 5432, "bastion", "database-from-bastion"), "g"],
        ["SecurityGroupIngressRule", rule("endpoint", 443, "bastion", "endpoint-from-bastion"), "g"],
      ],
    );
  });
});

function rule(group: string, port: number, peer: string, description: string): Record<string, unknown> {
  return {
    securityGroupId: `g-${group}-id`,
    ipProtocol: "tcp",
    fromPort: port,
    toPort: port,
    referencedSecurityGroupId: `g-${peer}-id`,
    description,
  };
}
