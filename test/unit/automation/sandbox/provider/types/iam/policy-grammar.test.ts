import assert from "node:assert/strict";
import {
  isJsonObject,
  policyProblem,
  refusePolicy,
} from "../../../../../../../automation/sandbox/provider/types/iam/policy-grammar";

const policy = (statement: unknown): string => JSON.stringify({ Version: "2012-10-17", Statement: statement });

describe("policy grammar", () => {
  it("takes what IAM takes", () => {
    assert.equal(
      policyProblem(policy({ Effect: "Deny", NotAction: "*", NotResource: "arn:aws:s3:::b" }), "identity"),
      undefined,
    );
    assert.equal(
      policyProblem(policy([{ Effect: "Allow", Action: "sts:AssumeRole", Principal: "*" }]), "trust"),
      undefined,
    );
  });

  it("says what is wrong as IAM does", () => {
    const cases: [unknown, string][] = [
      [{ Effect: "Perhaps", Action: "*", Resource: "*" }, "Syntax errors in policy."],
      [{ Effect: "Allow", Resource: "*" }, "Policy statement must contain actions."],
      [{ Effect: "Allow", Action: "*", NotAction: "*", Resource: "*" }, "Policy statement must contain actions."],
      [{ Effect: "Allow", Action: "*" }, "Policy statement must contain resources."],
      ["all", "Syntax errors in policy."],
    ];
    for (const [statement, problem] of cases) assert.equal(policyProblem(policy(statement), "identity"), problem);
    assert.equal(policyProblem('{"Version":"2020-01-01","Statement":[]}', "identity"), "Syntax errors in policy.");
    assert.equal(
      policyProblem(policy({ Effect: "Allow", Action: "*", Principal: "*", Resource: "*" }), "trust"),
      "Has prohibited field Resource",
    );
    assert.throws(() => refusePolicy(policy("all"), "identity"), { code: "MalformedPolicyDocument" });
  });

  it("only an object is a policy at all", () => {
    assert.deepEqual(["{}", "[]", '"a"', "{", "null"].map(isJsonObject), [true, false, false, false, false]);
  });
});
