import assert from "node:assert/strict";
import type { Props } from "../../../../../../automation/sandbox/account/estate";
import { factsOf } from "../../../../../../automation/sandbox/provider/facts/facts";
import { allTags, diffInputs, type DiffArgs } from "../../../../../../automation/sandbox/provider/protocol/diff";
import { UNKNOWN } from "../../../../../../automation/sandbox/provider/protocol/values";

const diff = (state: Props, news: Props, changes: Partial<DiffArgs> = {}) =>
  diffInputs({
    facts: factsOf("aws:ec2/vpc:Vpc"),
    state: { region: "eu-west-2", tagsAll: {}, ...state },
    oldInputs: state,
    news,
    ignore: [],
    region: "eu-west-2",
    defaultTags: {},
    filled: [],
    comparisons: {},
    replaceWhen: () => [],
    ...changes,
  });

describe("difference", () => {
  it("says what was added, changed and taken out, and what replaces", () => {
    const changes = diff(
      { cidrBlock: "10.0.0.0/16", ipv6CidrBlock: "::/56" },
      { cidrBlock: "10.1.0.0/16", enableDnsHostnames: true },
    );
    assert.deepEqual(changes, [
      { path: "cidrBlock", kind: "update", replace: true },
      { path: "enableDnsHostnames", kind: "add", replace: false },
      { path: "ipv6CidrBlock", kind: "delete", replace: false },
    ]);
    assert.deepEqual(diff({ ipv6CidrBlock: "::/56" }, {}, { filled: ["ipv6CidrBlock"] }), []);
  });

  it("an unknown value is a change, and replaces what would be replaced", () => {
    assert.deepEqual(diff({ cidrBlock: "10.0.0.0/16" }, { cidrBlock: UNKNOWN }), [
      { path: "cidrBlock", kind: "update", replace: true },
    ]);
    assert.deepEqual(diff({}, { tags: UNKNOWN }), [{ path: "tags", kind: "update", replace: false }]);
  });

  it("a provider in another region replaces, new default tags update", () => {
    assert.deepEqual(diff({}, {}, { region: "eu-west-1" }), [{ path: "region", kind: "update", replace: true }]);
    assert.deepEqual(diff({}, {}, { region: "eu-west-1", ignore: ["region"] }), []);
    assert.deepEqual(diff({}, {}, { defaultTags: { "a:b": "c" } }), [
      { path: 'tagsAll["a:b"]', kind: "add", replace: false },
    ]);
  });

  it("a resource's tags lie over the provider's", () => {
    assert.deepEqual(allTags({ a: "1", b: "1" }, { b: "2" }), { a: "1", b: "2" });
  });
});
