import assert from "node:assert/strict";
import * as policy from "@pulumi/policy";
import { unknownPath } from "../../../policies/unknown-value";
import { UNKNOWN } from "./run-rule";

const { unknownCheckingProxy } = policy as unknown as { unknownCheckingProxy: <T>(props: T) => T };

describe("unknownPath", () => {
  it("is the path of the value that the SDK's properties refuse to tell", () => {
    const props = unknownCheckingProxy({ rules: [{ port: 1 }, { port: UNKNOWN }] });
    assert.equal(props.rules[0]?.port, 1);
    assert.throws(
      () => props.rules[1]?.port,
      (thrown) => unknownPath(thrown) === "rules.1.port",
    );
  });

  it("is nothing for other errors", () => {
    assert.equal(unknownPath(new Error("rules")), undefined);
    assert.equal(unknownPath(undefined), undefined);
  });
});
