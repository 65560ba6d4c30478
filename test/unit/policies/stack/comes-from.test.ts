import assert from "node:assert/strict";
import * as policy from "@pulumi/policy";
import type { StackResource } from "../../../../policies/rule";
import { comesFrom } from "../../../../policies/stack/comes-from";
import { UNKNOWN } from "../run-rule";

type Values = Record<string, unknown>;

const sdk = policy as unknown as { readonly unknownCheckingProxy: (props: Values) => Values };
const resource = (urn: string, props: Values, from: Record<string, StackResource[]> = {}): StackResource => ({
  type: "t",
  name: urn,
  urn,
  props: sdk.unknownCheckingProxy(props),
  propertyDependencies: from,
});

describe("comesFrom", () => {
  const origin = resource("origin", { id: UNKNOWN, name: "a" });

  it("follows where a value comes from, though it is not known", () => {
    assert.equal(comesFrom(resource("x", { p: UNKNOWN }, { p: [origin] }), "p", origin, "id"), true);
    assert.equal(comesFrom(resource("x", { p: UNKNOWN }, { p: [resource("other", {})] }), "p", origin, "id"), false);
  });

  it("compares text where nothing is followed: a value, a list, the members of an object", () => {
    for (const p of ["a", ["b", "a"], { id: "a" }])
      assert.equal(comesFrom(resource("x", { p }), "p", origin, "name"), true);
    for (const p of ["b", [], { id: "b" }, undefined])
      assert.equal(comesFrom(resource("x", { p }), "p", origin, "name"), false);
  });

  it("takes a known value for another than one that is not known yet", () => {
    assert.equal(comesFrom(resource("x", { p: "a" }), "p", origin, "id"), false);
  });

  it("does not decide about a value that is not known and comes from nowhere", () => {
    assert.throws(() => comesFrom(resource("x", { p: UNKNOWN }), "p", origin, "name"));
    assert.throws(() => comesFrom(resource("x", { p: [UNKNOWN] }), "p", origin, "name"));
  });
});
