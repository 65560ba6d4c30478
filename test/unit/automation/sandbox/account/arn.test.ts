import assert from "node:assert/strict";
import { arn, roleOfArn } from "../../../../../automation/sandbox/account/arn";

describe("ARNs", () => {
  it("leave out what a service has not", () => {
    assert.equal(arn("ec2", "eu-west-2", "000000000000", "vpc/vpc-1"), "arn:aws:ec2:eu-west-2:000000000000:vpc/vpc-1");
    assert.equal(arn("iam", "", "000000000000", "role/r"), "arn:aws:iam::000000000000:role/r");
  });

  it("a role's name stands after its path", () => {
    assert.deepEqual(roleOfArn("arn:aws:iam::000000000001:role/a/b/name"), { account: "000000000001", name: "name" });
    assert.deepEqual(roleOfArn("arn:aws:iam::000000000001:role/name"), { account: "000000000001", name: "name" });
    assert.equal(roleOfArn("arn:aws:iam::000000000001:root"), undefined);
  });
});
