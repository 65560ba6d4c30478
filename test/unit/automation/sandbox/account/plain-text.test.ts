import assert from "node:assert/strict";
import { plainText } from "../../../../../automation/sandbox/account/plain-text";

describe("properties as text", () => {
  it("scalars are written as they are, nothing is empty", () => {
    assert.deepEqual(["a", 1, true, null, undefined, ["a"]].map(plainText), ["a", "1", "true", "", "", '["a"]']);
  });
});
