import assert from "node:assert/strict";
import type { StackResource } from "../../../../policies/rule";
import { Estate, once } from "../../../../policies/security-groups/estate";
import { databasesOf } from "../../../../policies/network/access-path";
import { GOOD, group, INSTANCE } from "../cases/access-path";
import { openVerdict, stackResources } from "../cases/stack-resources";

describe("Estate", () => {
  it("knows the ports behind a group", () => {
    const resources = stackResources(GOOD);
    const estate = new Estate(resources, openVerdict().verdict);
    assert.deepEqual(estate.portsBehind("database-group", databasesOf(resources)), [5432]);
    assert.deepEqual(estate.portsBehind("bastion-group", databasesOf(resources)), []);
  });

  it("says that rules of a group from elsewhere cannot be seen, and knows those of a default group that is left alone", () => {
    const resources = stackResources([{ type: INSTANCE, name: "it", props: {} }, group("a")]);
    const { open, verdict } = openVerdict();
    const estate = new Estate(resources, verdict);
    const by = resources[0] as StackResource;
    assert.deepEqual(estate.rules({ key: "sg-9", by }, "ingress"), []);
    assert.deepEqual(open, ["rules of a group of it"]);
    estate.rules({ key: "a", by }, "ingress");
    estate.rules({ key: "default of vpc", by }, "ingress");
    assert.equal(open.length, 1);
    assert.equal(estate.isOpenDefault("default of vpc"), true);
    assert.equal(estate.isOpenDefault("sg-9"), false);
  });
});

describe("once", () => {
  it("says the same of the same resource once", () => {
    const said: string[] = [];
    const report = once({ report: (found, { name }) => void said.push(`${name}: ${found}`) });
    const [a, b] = stackResources([group("a"), group("b")]) as [StackResource, StackResource];
    for (const each of [a, a, b]) report("x", each);
    report("y", a);
    assert.deepEqual(said, ["a: x", "b: x", "a: y"]);
  });
});
