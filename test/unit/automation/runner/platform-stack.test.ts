import assert from "node:assert/strict";
import { platformOutputs } from "../../../../automation/runner/platform-stack";

describe("platformOutputs", () => {
  it("says that nothing was deployed, and how to, when the stack has no outputs", () => {
    assert.throws(() => platformOutputs({ outputs: {} }, "dev"), {
      code: "DOOR_NOT_FOUND",
      exitCode: 6,
      next: "sallyport up --env dev",
    });
  });
});
