import assert from "node:assert/strict";
import { socketErrorText } from "../../../../automation/network/socket-error-text";

describe("a socket's error as text", () => {
  it("is its own, or the first of several addresses'", () => {
    const first = new Error("connect ECONNREFUSED ::1:1");
    assert.equal(socketErrorText(first), "connect ECONNREFUSED ::1:1");
    assert.equal(socketErrorText(new AggregateError([first, new Error("other")], "")), "connect ECONNREFUSED ::1:1");
    assert.equal(socketErrorText(new AggregateError([], "")), "");
  });

  it("has no advice about Node in it, and nothing that moves a terminal's cursor", () => {
    const advice =
      "unable to verify the first certificate; if the root CA is installed locally, try running Node.js with x";
    assert.equal(socketErrorText(new Error(advice)), "unable to verify the first certificate");
    assert.equal(socketErrorText(new Error("a\u001b[31mred\nb")), "ared b");
  });
});
