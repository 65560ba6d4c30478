import assert from "node:assert/strict";
import { errorText } from "../../../../automation/core/error-text";
import { SallyportError } from "../../../../automation/core/errors";

describe("errorText", () => {
  it("shows what failed, the likely cause, the next command and the code", () => {
    const error = new SallyportError("TUNNEL_TARGET_NOT_CONNECTED", {
      message: "The bastion of dev is not connected.",
      likely: "The path to ssmmessages is the usual cause.",
      next: "sallyport doctor",
    });
    assert.equal(
      errorText(error, { ascii: false, debug: false }),
      "✗ The bastion of dev is not connected.\n  The path to ssmmessages is the usual cause.\n  Next: sallyport doctor                 TUNNEL_TARGET_NOT_CONNECTED\n",
    );
  });

  it("keeps the lines of a list of problems, each stripped of control characters", () => {
    const error = new SallyportError("CONFIG_INVALID", { message: "access.yaml has 2 problems:\na \u001b[1mb\nc" });
    assert.match(errorText(error, { ascii: true, debug: false }), /^x access.yaml has 2 problems:\n {2}a b\n {2}c\n/);
  });

  it("shows causes with --debug, and the stack for bugs only", () => {
    const cause = new Error("socket hang up");
    const platform = errorText(new SallyportError("TUNNEL_CLOSED", { message: "m", cause }), {
      ascii: false,
      debug: true,
    });
    assert.match(platform, /cause: Error: socket hang up/);
    assert.equal(platform.includes("error-text.test"), false);
    assert.match(
      errorText(new SallyportError("INTERNAL", { message: "m", cause }), { ascii: false, debug: false }),
      /error-text\.test/,
    );
  });
});
