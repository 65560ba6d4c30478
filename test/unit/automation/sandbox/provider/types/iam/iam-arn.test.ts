import assert from "node:assert/strict";
import { runnerKey } from "../../../../../../../automation/sandbox/account/seed";
import { AwsContext } from "../../../../../../../automation/sandbox/provider/aws-context";
import { iamArn, roleByName } from "../../../../../../../automation/sandbox/provider/types/iam/iam-arn";
import { recordingClusters, testEstate } from "../../fixture";

describe("IAM names", () => {
  it("have no region, and roles are found from every region", () => {
    const { estate, sleep } = testEstate();
    const aws = new AwsContext(estate, runnerKey(estate).principal, "us-east-1", recordingClusters(), sleep);
    assert.equal(iamArn(aws, "role/x"), "arn:aws:iam::000000000000:role/x");
    assert.equal(roleByName(aws, "sallyport-runner").region, "global");
    assert.throws(() => roleByName(aws, "x"), {
      code: "NoSuchEntity",
      message: "The role with name x cannot be found.",
    });
  });
});
