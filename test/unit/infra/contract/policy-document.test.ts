import assert from "node:assert/strict";
import { policyOf, policySizeProblems, policyText } from "../../../../infra/contract/policy-document";

describe("policy document", () => {
  it("is compact and keeps within Latin-1, without changing what it says", () => {
    const document = policyOf([
      { Sid: "A", Effect: "Deny", Action: "*", Resource: "*", Condition: { StringEquals: { k: "ł€é" } } },
    ]);
    const text = policyText(document);
    assert.match(text, /^[\u0020-\u00ff]+$/);
    assert.deepEqual(JSON.parse(text), document);
  });

  it("is refused over 10240 bytes without white space, with the arithmetic", () => {
    assert.deepEqual(policySizeProblems("roles.r", `${"x".repeat(10_240)}   `), []);
    assert.deepEqual(policySizeProblems("roles.r", "x".repeat(10_243)), [
      {
        path: "roles.r",
        seen: "a policy of 10243 bytes",
        expected:
          "an inline policy of at most 10240 bytes: it has 10243, 3 too many: give the role fewer clusters or fewer ends",
      },
    ]);
  });
});
