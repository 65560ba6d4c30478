import assert from "node:assert/strict";
import * as policy from "@pulumi/policy";
import { written } from "../../../../policies/network/written";
import type { StackResource } from "../../../../policies/rule";
import { unknownPath } from "../../../../policies/unknown-value";
import { UNKNOWN } from "../run-rule";

const sdk = policy as unknown as { readonly unknownCheckingProxy: <T>(props: T) => T };
const group = (props: Record<string, unknown>, ...own: string[]): StackResource => ({
  type: "t",
  name: "it",
  urn: "it",
  props: sdk.unknownCheckingProxy(props),
  propertyDependencies: Object.fromEntries(own.map((each) => [each, []])),
});

describe("written", () => {
  it("is what is known, whoever wrote it", () => {
    assert.equal(written(group({ port: 1 }), "port"), 1);
    assert.equal(written(group({}), "port"), undefined);
  });

  it("is missing where AWS makes it up and nobody wrote it", () => {
    assert.equal(written(group({ ingress: UNKNOWN }, "egress"), "ingress"), undefined);
  });

  it("is unknown where it was written and is not known yet", () => {
    assert.throws(
      () => written(group({ ingress: UNKNOWN }, "ingress"), "ingress"),
      (thrown) => unknownPath(thrown) === "ingress",
    );
  });

  it("lets every other error out", () => {
    const broken = {
      get port(): never {
        throw new Error("broken");
      },
    };
    assert.throws(() => written({ ...group({}), props: broken }, "port"), /broken/);
  });
});
