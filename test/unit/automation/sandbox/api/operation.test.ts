import assert from "node:assert/strict";
import { requiredText } from "../../../../../automation/sandbox/api/operation";

describe("requiredText", () => {
  it("answers a text and refuses all else as AWS does", () => {
    assert.equal(requiredText({ Target: "i-1" }, "Target"), "i-1");
    for (const Target of [undefined, "", 7, null]) {
      assert.throws(() => requiredText({ Target }, "Target"), {
        code: "ValidationException",
        status: 400,
        message: /Value at 'Target'/,
      });
    }
  });
});
