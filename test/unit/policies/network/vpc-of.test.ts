import assert from "node:assert/strict";
import { vpcsOf } from "../../../../policies/network/vpc-of";
import type { StackResource } from "../../../../policies/rule";
import { stackResources } from "../cases/stack-resources";
import { UNKNOWN } from "../run-rule";

const resource = (
  type: string,
  name: string,
  propertyDependencies: Record<string, StackResource[]> = {},
  props: Record<string, unknown> = {},
): StackResource => ({ type, name, urn: name, props, propertyDependencies });

describe("vpcsOf", () => {
  const vpc = resource("aws:ec2/vpc:Vpc", "vpc");
  const subnet = resource("aws:ec2/subnet:Subnet", "subnet", { vpcId: [vpc] });

  it("follows a subnet, a group, an interface", () => {
    const card = resource("aws:ec2/networkInterface:NetworkInterface", "card", { subnetId: [subnet] });
    for (const [property, origin] of Object.entries({ subnetId: subnet, networkInterfaces: card, subnetIds: subnet }))
      assert.deepEqual(vpcsOf(resource("x", "it", { [property]: [origin] })), ["vpc"], property);
  });

  it("takes a literal id", () => {
    assert.deepEqual(vpcsOf(resource("x", "it", {}, { vpcId: "vpc-1" })), ["vpc-1"]);
  });

  it("passes over a vpcId that AWS makes up, as that of a subnet group", () => {
    const found = stackResources([
      { type: "aws:ec2/vpc:Vpc", name: "vpc", props: {} },
      { type: "aws:ec2/subnet:Subnet", name: "subnet", props: {}, from: { vpcId: ["vpc"] } },
      { type: "t", name: "group", props: { vpcId: UNKNOWN }, from: { subnetIds: ["subnet"] } },
    ]);
    assert.deepEqual(vpcsOf(found[2] as StackResource), ["vpc"]);
  });

  it("is empty where nothing leads to a VPC, and ends on a circle", () => {
    const from: Record<string, StackResource[]> = {};
    const circle = resource("x", "it", from);
    from["subnetId"] = [circle];
    assert.deepEqual(vpcsOf(circle), []);
    assert.deepEqual(vpcsOf(resource("x", "it", {}, { subnetId: "subnet-1" })), []);
  });
});
