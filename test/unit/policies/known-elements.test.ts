import assert from "node:assert/strict";
import * as policy from "@pulumi/policy";
import { knownElements, knownOf } from "../../../policies/known-elements";
import { unknownPath } from "../../../policies/unknown-value";
import { UNKNOWN } from "./run-rule";

const sdk = policy as unknown as { readonly unknownCheckingProxy: <T>(props: T) => T };

describe("knownElements", () => {
  it("reads what is known, and says the first that is not when asked", () => {
    const { list } = sdk.unknownCheckingProxy({ list: ["a", UNKNOWN, "b", UNKNOWN] });
    const { values, complete } = knownElements(list);
    assert.deepEqual(values, ["a", "b"]);
    assert.throws(complete, (thrown) => unknownPath(thrown) === "list.1");
  });

  it("is complete when all is known, also for a single value and for none", () => {
    for (const [value, values] of [
      [["a"], ["a"]],
      ["a", ["a"]],
      [undefined, []],
    ]) {
      const known = knownElements(value);
      assert.deepEqual(known.values, values);
      known.complete();
    }
  });

  it("lets every other error out", () => {
    assert.throws(
      () =>
        knownOf([
          () => {
            throw new Error("broken rule");
          },
        ]),
      /broken rule/,
    );
  });
});
