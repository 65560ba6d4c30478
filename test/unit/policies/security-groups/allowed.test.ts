import assert from "node:assert/strict";
import * as policy from "@pulumi/policy";
import type { StackResource } from "../../../../policies/rule";
import { namesGroup, textsOf } from "../../../../policies/security-groups/allowed";
import { UNKNOWN } from "../run-rule";

const sdk = policy as unknown as { readonly unknownCheckingProxy: <T>(props: T) => T };
const group = (props: Record<string, unknown>): StackResource => ({
  type: "aws:ec2/securityGroup:SecurityGroup",
  name: "app",
  urn: "urn:app",
  props: sdk.unknownCheckingProxy(props),
  propertyDependencies: {},
});

describe("namesGroup", () => {
  const known = group({ id: "sg-1", name: "app-group", tags: { Name: "App" } });
  for (const name of ["app", "sg-1", "app-group", "App"])
    it(`finds a group by ${name}`, () => assert.equal(namesGroup(["x", name], known.urn, known), true));

  it("knows the name in the program before any other is known", () => {
    assert.equal(namesGroup(["app"], "urn:app", group({ id: UNKNOWN, name: UNKNOWN, tags: UNKNOWN })), true);
  });

  it("takes no part of a name, no empty one, and no URN", () => {
    for (const name of ["ap", "", "urn:app", "APP-GROUP"])
      assert.equal(namesGroup([name], known.urn, known), false, name);
    assert.equal(namesGroup([""], "", group({ id: "" })), false);
  });

  it("knows a group from elsewhere by its id", () => {
    assert.equal(namesGroup(["sg-9"], "sg-9", undefined), true);
    assert.equal(namesGroup(["sg-8"], "sg-9", undefined), false);
  });
});

describe("textsOf", () => {
  it("is a list, or none", () => {
    assert.deepEqual(textsOf(["a"]), ["a"]);
    assert.deepEqual(textsOf(undefined), []);
  });
});
