import assert from "node:assert/strict";
import type { Props } from "../../../../../../automation/sandbox/account/estate";
import { factsOf } from "../../../../../../automation/sandbox/provider/facts/facts";
import { readInputs } from "../../../../../../automation/sandbox/provider/protocol/read-inputs";

const read = (actual: Props, state: Props, oldInputs: Props) =>
  readInputs({
    facts: factsOf("aws:ec2/securityGroup:SecurityGroup"),
    comparisons: { ingress: "set" },
    filled: ["name", "ingress"],
    actual,
    state,
    oldInputs,
  });

describe("inputs as a refresh reads them", () => {
  it("keep the program's form where nothing moved, take the account's value where it did", () => {
    const old = { description: "Door", tags: { a: "1" }, __defaults: ["name"] };
    assert.deepEqual(read({ description: "Door", tags: { a: "1" }, name: "x" }, { name: "x" }, old), old);
    assert.deepEqual(read({ description: "Gate", tags: { a: "1", b: "2" } }, {}, old), {
      description: "Gate",
      tags: { a: "1", b: "2" },
      __defaults: ["name"],
    });
    assert.deepEqual(read({ description: "Door" }, {}, old), { description: "Door", __defaults: ["name"] });
  });

  it("show drift of what the program left out, unless AWS fills it", () => {
    const old = { description: "Door" };
    assert.deepEqual(read({ description: "Door", revokeRulesOnDelete: true, ingress: [{ self: true }] }, {}, old), {
      description: "Door",
      revokeRulesOnDelete: true,
      __defaults: [],
    });
  });

  it("an import takes all that is set, the name too", () => {
    assert.deepEqual(read({ name: "x", description: "Door", tags: {}, region: "eu-west-2", arn: "a" }, {}, {}), {
      name: "x",
      description: "Door",
      __defaults: [],
    });
  });
});
