import assert from "node:assert/strict";
import { bastionsOf } from "../../../../policies/network/bastions";
import type { StackResource } from "../../../../policies/rule";

const INSTANCE = "aws:ec2/instance:Instance";
const resource = (name: string, props: Record<string, unknown>, type = INSTANCE): StackResource => ({
  type,
  name,
  urn: name,
  props,
  propertyDependencies: {},
});
const verdict = { report: () => undefined, undecided: () => undefined, part: (decide: () => void) => decide() };

describe("bastionsOf", () => {
  it("finds what is called so: by its name, by a tag's key or value, by the door's tag", () => {
    const found = bastionsOf(
      [
        resource("my-Bastion", {}),
        resource("a", { tags: { role: "bastion" } }),
        resource("b", { tags: { "acme:bastion": "yes" } }),
        resource("c", { tags: { "sallyport:door": "acme/dev" } }),
        resource("bastions", {}, "aws:autoscaling/group:Group"),
        resource("web", { tags: { role: "web" } }),
        resource("bastion", {}, "aws:ec2/securityGroup:SecurityGroup"),
      ],
      verdict,
    );
    assert.deepEqual(
      found.map(({ name }) => name),
      ["my-Bastion", "a", "b", "c", "bastions"],
    );
  });
});
