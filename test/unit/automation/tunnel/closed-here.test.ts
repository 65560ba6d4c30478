import assert from "node:assert/strict";
import { closedHere } from "../../../../automation/tunnel/closed-here";

describe("a tunnel that was closed here", () => {
  it("says so, and each time by an error of its own", () => {
    const { code, message, next, exitCode } = closedHere();
    assert.deepEqual([code, message, next, exitCode], ["TUNNEL_CLOSED", "The tunnel was closed here.", "run again", 6]);
    assert.notEqual(closedHere(), closedHere());
  });
});
