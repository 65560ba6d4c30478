import assert from "node:assert/strict";
import { runnerKey } from "../../../../../../../automation/sandbox/account/seed";
import { AwsContext } from "../../../../../../../automation/sandbox/provider/aws-context";
import {
  makeMasterSecret,
  removeMasterSecret,
} from "../../../../../../../automation/sandbox/provider/types/rds/master-secret";
import { recordingClusters, testEstate } from "../../fixture";

describe("master secret", () => {
  it("is RDS's own, holds user and password, and goes by its cluster", () => {
    const { estate, sleep } = testEstate();
    const aws = new AwsContext(estate, runnerKey(estate).principal, "eu-west-2", recordingClusters(), sleep);
    const { secret, password } = makeMasterSecret(aws, "app", "master");
    assert.match(
      secret.id,
      /^arn:aws:secretsmanager:eu-west-2:000000000000:secret:rds!cluster-[0-9a-f-]{36}-[A-Za-z0-9]{6}$/,
    );
    assert.equal(secret.props.secretString, JSON.stringify({ username: "master", password }));
    assert.equal(secret.props.owningService, "rds");
    removeMasterSecret(aws, "other");
    assert.equal(estate.list("sandbox:secretsmanager:Secret").length, 1);
    removeMasterSecret(aws, "app");
    assert.equal(estate.list("sandbox:secretsmanager:Secret").length, 0);
  });
});
