import assert from "node:assert/strict";
import { runnerKey } from "../../../../../../../automation/sandbox/account/seed";
import { AwsContext } from "../../../../../../../automation/sandbox/provider/aws-context";
import { groupById, subnetById, vpcById } from "../../../../../../../automation/sandbox/provider/types/network/look-up";
import { recordingClusters, testEstate } from "../../fixture";

describe("network look-ups", () => {
  it("find what is there, in the caller's region only, and name what is not", () => {
    const { estate, sleep } = testEstate();
    const there = (region: string) =>
      new AwsContext(estate, runnerKey(estate).principal, region, recordingClusters(), sleep);
    const vpc = there("eu-west-2").add("aws:ec2/vpc:Vpc", "vpc-1", {});
    assert.equal(vpcById(there("eu-west-2"), "vpc-1"), vpc);
    assert.throws(() => vpcById(there("eu-west-1"), "vpc-1"), {
      code: "InvalidVpcID.NotFound",
      message: "The vpc ID 'vpc-1' does not exist",
    });
    assert.throws(() => subnetById(there("eu-west-2"), "subnet-1"), { code: "InvalidSubnetID.NotFound" });
    assert.throws(() => groupById(there("eu-west-2"), "sg-1"), { code: "InvalidGroup.NotFound" });
  });
});
