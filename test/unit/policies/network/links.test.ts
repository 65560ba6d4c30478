import assert from "node:assert/strict";
import * as policy from "@pulumi/policy";
import { linksOf, textsIn } from "../../../../policies/network/links";
import type { StackResource } from "../../../../policies/rule";
import { UNKNOWN } from "../run-rule";

const sdk = policy as unknown as { readonly unknownCheckingProxy: <T>(props: T) => T };
const resource = (
  name: string,
  props: Record<string, unknown>,
  propertyDependencies: StackResource["propertyDependencies"] = {},
): StackResource => ({ type: "t", name, urn: name, props: sdk.unknownCheckingProxy(props), propertyDependencies });
const names = (found: readonly StackResource[]): string[] => found.map(({ name }) => name);

describe("linksOf", () => {
  const subnet = resource("subnet", { id: "subnet-1", arn: "arn:1", name: UNKNOWN });
  const other = resource("other", { id: UNKNOWN });

  it("follows the record first, then ids, ARNs and names, also inside lists and objects", () => {
    const all = [subnet, other];
    const links = linksOf(all);
    assert.deepEqual(names(links(resource("it", { subnetId: "subnet-1" }, { subnetId: [other] }), "subnetId")), [
      "other",
    ]);
    assert.deepEqual(names(links(resource("it", { subnetId: "subnet-1" }, { subnetId: [] }), "subnetId")), ["subnet"]);
    assert.deepEqual(names(links(resource("it", { vpc: { ids: [UNKNOWN, "arn:1"] } }), "vpc")), ["subnet"]);
  });

  it("leads nowhere for what is unknown, missing or from elsewhere", () => {
    const links = linksOf([subnet, other]);
    for (const props of [{ subnetId: UNKNOWN }, {}, { subnetId: "subnet-2" }, { subnetId: "" }])
      assert.deepEqual(links(resource("it", props), "subnetId"), []);
  });

  it("is made once for a stack", () => {
    const all = [subnet];
    assert.equal(linksOf(all), linksOf(all));
    assert.notEqual(linksOf(all), linksOf([other]));
  });
});

describe("textsIn", () => {
  it("goes through lists and objects, past what is not known", () => {
    const { value } = sdk.unknownCheckingProxy({ value: { a: ["x", UNKNOWN, 1], b: { c: UNKNOWN, d: "y" }, e: true } });
    assert.deepEqual(
      textsIn(() => value),
      ["x", "1", "y"],
    );
  });
});
