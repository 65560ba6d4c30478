import assert from "node:assert/strict";
import type { Props } from "../../../../../automation/sandbox/account/estate";
import { permits, rulesOf } from "../../../../../automation/sandbox/network/security-groups";
import { doorEstate } from "../../../../support/door-estate";

const ACCOUNT = "000000000000";
const PEER = { vpcId: "vpc-1", ranges: ["10.40.0.128/27", "10.40.0.160/27"], groups: ["sg-database"] };
const OWN = { vpcId: "vpc-1", ranges: ["10.40.0.10"], groups: ["sg-bastion"] };

/** Whether one egress rule of the bastion's group, written so, lets tcp 5432 out to the databases. */
function lets(props: Props): boolean {
  const { estate, made, drop } = doorEstate();
  drop("bastion-to-database");
  drop("bastion-to-endpoint");
  const rule = made["bastion-to-database"];
  assert.ok(rule);
  estate.add({
    token: rule.token,
    id: "sgr-tried",
    account: ACCOUNT,
    region: rule.region,
    props: { securityGroupId: "sg-bastion", ...props },
  });
  return permits(estate, OWN, "egress", 5432, PEER, ACCOUNT);
}

describe("security group rules", () => {
  it("a rule lets through its protocol, ports and peer group", () => {
    const rule = { ipProtocol: "tcp", fromPort: 5432, toPort: 5432, referencedSecurityGroupId: "sg-database" };
    assert.equal(lets(rule), true);
    assert.equal(lets({ ...rule, ipProtocol: "udp" }), false);
    assert.equal(lets({ ...rule, fromPort: 5433, toPort: 5433 }), false);
    assert.equal(lets({ ...rule, referencedSecurityGroupId: "sg-other" }), false);
    assert.equal(lets({ ...rule, fromPort: 5000, toPort: 6000 }), true);
    assert.equal(lets({ ...rule, referencedSecurityGroupId: "000000000000/sg-database" }), true);
  });

  it("-1 is every protocol and port", () => {
    assert.equal(lets({ ipProtocol: "-1", referencedSecurityGroupId: "sg-database" }), true);
    assert.equal(lets({ ipProtocol: "-1", fromPort: -1, toPort: -1, cidrIpv4: "0.0.0.0/0" }), true);
  });

  it("a CIDR must hold every address of the peer", () => {
    const rule = { ipProtocol: "tcp", fromPort: 5432, toPort: 5432 };
    assert.equal(lets({ ...rule, cidrIpv4: "10.40.0.128/26" }), true);
    assert.equal(lets({ ...rule, cidrIpv4: "10.40.0.128/27" }), false);
  });

  it("inline rules count, and self means the group itself", () => {
    const { estate, made } = doorEstate();
    assert.ok(made["sg-endpoint"]);
    made["sg-endpoint"].props.ingress = [
      { protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["10.0.0.0/8"], securityGroups: ["sg-a"], self: true },
    ];
    assert.deepEqual(rulesOf(estate, "sg-endpoint", "ingress", ACCOUNT), [
      { protocol: "tcp", from: 443, to: 443, cidrs: [], groups: ["sg-bastion"] },
      { protocol: "tcp", from: 443, to: 443, cidrs: ["10.0.0.0/8"], groups: ["sg-a", "sg-endpoint"] },
    ]);
  });

  it("the VPC's own default group lets everything out and its members in; an adopted one only what it says", () => {
    const { estate } = doorEstate();
    assert.deepEqual(rulesOf(estate, "sg-default", "egress", ACCOUNT), [
      { protocol: "-1", from: undefined, to: undefined, cidrs: ["0.0.0.0/0"], groups: [] },
    ]);
    assert.deepEqual(rulesOf(estate, "sg-default", "ingress", ACCOUNT), [
      { protocol: "-1", from: undefined, to: undefined, cidrs: [], groups: ["sg-default"] },
    ]);
    estate.add({
      token: "aws:ec2/securityGroup:SecurityGroup",
      id: "sg-default",
      account: ACCOUNT,
      region: "eu-west-2",
      props: { egress: [], ingress: [] },
    });
    assert.deepEqual(rulesOf(estate, "sg-default", "egress", ACCOUNT), []);
  });

  it("an unknown group has no rules", () => {
    assert.deepEqual(rulesOf(doorEstate().estate, "sg-nowhere", "egress", ACCOUNT), []);
  });
});
