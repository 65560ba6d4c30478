import assert from "node:assert/strict";
import { trustsInstances } from "../../../../../automation/sandbox/node/trust-policy";

const policy = (...statements: object[]): string => JSON.stringify({ Version: "2012-10-17", Statement: statements });
const EC2 = { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" };

describe("a role's trust in instances", () => {
  it("needs EC2 as principal and sts:AssumeRole as action", () => {
    assert.equal(trustsInstances(policy(EC2)), true);
    assert.equal(
      trustsInstances(
        policy({
          ...EC2,
          Principal: { Service: ["ssm.amazonaws.com", "ec2.amazonaws.com"] },
          Action: ["sts:AssumeRole"],
        }),
      ),
      true,
    );
    assert.equal(trustsInstances(policy({ ...EC2, Principal: { Service: "lambda.amazonaws.com" } })), false);
    assert.equal(trustsInstances(policy({ ...EC2, Principal: { AWS: "*" } })), false);
    assert.equal(trustsInstances(policy({ ...EC2, Principal: "*" })), false);
    assert.equal(trustsInstances(policy({ ...EC2, Action: "sts:TagSession" })), false);
  });

  it("a denial wins", () => {
    assert.equal(trustsInstances(policy(EC2, { ...EC2, Effect: "Deny" })), false);
  });

  it("a statement with conditions does not count", () => {
    assert.equal(trustsInstances(policy({ ...EC2, Condition: { StringEquals: { "aws:SourceAccount": "1" } } })), false);
  });

  it("a single statement need not be a list", () => {
    assert.equal(trustsInstances(JSON.stringify({ Statement: EC2 })), true);
  });

  it("no policy, or none that can be read, trusts nobody", () => {
    assert.deepEqual([trustsInstances(undefined), trustsInstances("{"), trustsInstances("{}")], [false, false, false]);
  });
});
