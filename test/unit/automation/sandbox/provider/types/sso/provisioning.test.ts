import assert from "node:assert/strict";
import { runnerKey } from "../../../../../../../automation/sandbox/account/seed";
import { AwsContext } from "../../../../../../../automation/sandbox/provider/aws-context";
import {
  assignmentsOf,
  permissionSetByArn,
  provision,
} from "../../../../../../../automation/sandbox/provider/types/sso/provisioning";
import { recordingClusters, testEstate } from "../../fixture";

describe("provisioning", () => {
  it("is serial over accounts, and IN_PROGRESS meanwhile", async () => {
    const { estate, sleep } = testEstate();
    const seen: unknown[] = [];
    const aws = new AwsContext(
      estate,
      { ...runnerKey(estate).principal, account: "000000000001" },
      "eu-west-1",
      recordingClusters(),
      async (ms) => {
        seen.push(set.hidden.status);
        await sleep(ms);
      },
    );
    const set = aws.add("aws:ssoadmin/permissionSet:PermissionSet", "set", { arn: "arn:set" });
    for (const [id, targetId] of [
      ["a", "1"],
      ["b", "1"],
      ["c", "2"],
    ] as const)
      aws.add("aws:ssoadmin/accountAssignment:AccountAssignment", id, { permissionSetArn: "arn:set", targetId });
    assert.equal(assignmentsOf(aws, "arn:set").length, 3);
    await provision(aws, "arn:set");
    assert.deepEqual(
      [seen, set.hidden.status, set.hidden.provisioned],
      [["IN_PROGRESS", "IN_PROGRESS"], "SUCCEEDED", 2],
    );
    assert.throws(() => permissionSetByArn(aws, "arn:other"), { code: "ResourceNotFoundException" });
  });
});
