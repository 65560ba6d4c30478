import assert from "node:assert/strict";
import { failureCode } from "../../../../automation/commands/failure-code";
import { SallyportError } from "../../../../automation/core/errors";

describe("exit code of exec for a failure of ours", () => {
  it("is 125 whatever it was, so that it is not taken for the program's", () => {
    for (const code of ["USAGE", "AUTH_NOT_SIGNED_IN", "TUNNEL_TIMEOUT", "INTERNAL"] as const)
      assert.equal(failureCode(new SallyportError(code, { message: "m" })), 125);
  });

  it("stays 130 or 143 for an interruption", () => {
    assert.equal(failureCode(new SallyportError("INTERRUPTED", { message: "m" })), 130);
    assert.equal(failureCode(new SallyportError("TERMINATED", { message: "m" })), 143);
  });
});
