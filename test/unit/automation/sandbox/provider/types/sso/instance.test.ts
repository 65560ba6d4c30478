import assert from "node:assert/strict";
import { runnerKey } from "../../../../../../../automation/sandbox/account/seed";
import { AwsContext } from "../../../../../../../automation/sandbox/provider/aws-context";
import { refuseElsewhere } from "../../../../../../../automation/sandbox/provider/types/sso/instance";
import { recordingClusters, testEstate } from "../../fixture";

describe("Identity Center instance", () => {
  it("I8 answers nobody of another account, nor in another region", () => {
    const { estate, sleep } = testEstate();
    const { principal } = runnerKey(estate);
    const there = (account: string, region: string) =>
      new AwsContext(estate, { ...principal, account }, region, recordingClusters(), sleep);
    const { instanceArn } = estate.directory;
    refuseElsewhere(there("000000000001", "eu-west-1"), instanceArn);
    assert.throws(() => refuseElsewhere(there("000000000000", "eu-west-1"), instanceArn), {
      code: "AccessDeniedException",
    });
    assert.throws(() => refuseElsewhere(there("000000000001", "eu-west-2"), instanceArn), {
      code: "ResourceNotFoundException",
    });
  });
});
