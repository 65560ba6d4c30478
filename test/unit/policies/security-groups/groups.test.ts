import assert from "node:assert/strict";
import { Groups } from "../../../../policies/security-groups/groups";
import type { StackResource } from "../../../../policies/rule";
import { group, INSTANCE } from "../cases/access-path";
import { VPC, type StackSample } from "../cases/estate";
import { stackResources } from "../cases/stack-resources";
import { UNKNOWN } from "../run-rule";

const DEFAULT: StackSample = {
  type: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
  name: "default",
  props: { vpcId: UNKNOWN },
  from: { vpcId: ["vpc"] },
};

function named(value: unknown, from: readonly string[], ...samples: StackSample[]) {
  const thing: StackSample = { type: INSTANCE, name: "it", props: { groups: value }, from: { groups: from } };
  const resources = stackResources([...samples, thing]);
  const it = resources.at(-1) as StackResource;
  return new Groups(resources).named(it, "groups", () => it.props["groups"]);
}

describe("Groups.named", () => {
  const a = group("a");
  const b = group("b");
  const known = group("known", { id: "sg-1", arn: "arn:sg-1" });

  it("knows a group by its id or ARN", () => {
    assert.deepEqual(named("sg-1", [], known), { keys: ["known"], open: false });
    assert.deepEqual(named("arn:sg-1", [], known), { keys: ["known"], open: false });
  });

  it("knows it by where the value comes from, before any id is known", () => {
    assert.deepEqual(named(UNKNOWN, ["a"], a, b), { keys: ["a"], open: false });
  });

  it("means all that it may be", () => {
    assert.deepEqual(named(UNKNOWN, ["a", "b"], a, b), { keys: ["a", "b"], open: false });
  });

  it("believes a known value more than its origins", () => {
    assert.deepEqual(named("sg-1", ["known", "a"], known, a), { keys: ["known"], open: false });
    assert.deepEqual(named("sg-2", ["known"], known), { keys: ["sg-2"], open: false });
    assert.deepEqual(named("sg-2", ["known", "a"], known, a), { keys: ["sg-2"], open: false });
  });

  it("knows a group by its name where it comes from there", () => {
    const web = group("web", { name: "acme-web" });
    assert.deepEqual(named("acme-web", ["web", "a"], web, a), { keys: ["web"], open: false });
    assert.deepEqual(named("acme-web", [], web), { keys: ["acme-web"], open: false });
  });

  it("takes a group from elsewhere by its id", () => {
    assert.deepEqual(named("sg-9", [], a), { keys: ["sg-9"], open: false });
  });

  it("is open for what comes from nowhere known, and none for nothing", () => {
    assert.deepEqual(named(UNKNOWN, [], a), { keys: [], open: true });
    assert.deepEqual(named(undefined, [], a), { keys: [], open: false });
  });

  it("takes the VPC's output as its default group, the program's own where there is one", () => {
    assert.deepEqual(named(UNKNOWN, ["vpc"], VPC), { keys: ["default of vpc"], open: false });
    assert.deepEqual(named(UNKNOWN, ["vpc"], VPC, DEFAULT), { keys: ["default"], open: false });
    assert.deepEqual(named("sg-d", [], { ...VPC, props: { defaultSecurityGroupId: "sg-d" } }, DEFAULT), {
      keys: ["default"],
      open: false,
    });
    assert.deepEqual(named(UNKNOWN, ["vpc", "a"], VPC, a), { keys: ["a"], open: false });
  });
});

describe("Groups", () => {
  it("tells default groups from others", () => {
    const groups = new Groups(stackResources([VPC, DEFAULT, group("a")]));
    assert.equal(groups.isDefault("default"), true);
    assert.equal(groups.isDefault("default of other"), true);
    assert.equal(groups.isDefault("a"), false);
    assert.equal(groups.defaultOf("vpc"), "default");
    assert.equal(groups.resource("sg-9"), undefined);
    assert.deepEqual(
      groups.own.map(({ name }) => name),
      ["default", "a"],
    );
  });
});
