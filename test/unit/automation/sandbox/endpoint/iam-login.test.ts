import assert from "node:assert/strict";
import {
  databaseUserArn,
  judgeToken,
  type IamCluster,
  type TokenTarget,
} from "../../../../../automation/sandbox/endpoint/iam-login";
import { principal } from "../../../../support/test-cluster";

const CLUSTER: IamCluster = {
  account: "000000000000",
  region: "eu-west-2",
  resourceId: "cluster-ABC",
  names: ["writer", "reader"],
  port: 5432,
};

describe("judging a token", () => {
  it("asks for the name it was signed for, on AWS's port, then for rds-db:connect on the user", () => {
    const asked: unknown[] = [];
    const ports = {
      verifyToken: (_: string, target: TokenTarget) => (
        asked.push(target),
        { ok: true as const, principal: principal("jane") }
      ),
      mayConnect: (who: { arn: string }, on: { resource: string; region: string }) => (asked.push([who.arn, on]), true),
    };
    assert.equal(judgeToken("reader:5432/?…", "jane", CLUSTER, ports), undefined);
    assert.deepEqual(asked, [
      { host: "reader", port: 5432, user: "jane", region: "eu-west-2" },
      [
        principal("jane").arn,
        { resource: "arn:aws:rds-db:eu-west-2:000000000000:dbuser:cluster-ABC/jane", region: "eu-west-2" },
      ],
    ]);
  });

  it("says why not, and asks no policy for a bad signature", () => {
    const bad = {
      verifyToken: (_: string, { host }: TokenTarget) => ({ ok: false as const, reason: `not for ${host}` }),
      mayConnect: () => assert.fail("no policy is asked"),
    };
    assert.equal(judgeToken("127.0.0.1:5432/?…", "jane", CLUSTER, bad), "InvalidToken: not for writer");
    const denied = {
      verifyToken: () => ({ ok: true as const, principal: principal("jane") }),
      mayConnect: () => false,
    };
    assert.equal(
      judgeToken("writer:5432/?…", "ann", CLUSTER, denied),
      "NotAuthorized: arn:aws:sts::000000000000:assumed-role/jane/session is not authorized to perform rds-db:connect on arn:aws:rds-db:eu-west-2:000000000000:dbuser:cluster-ABC/ann",
    );
  });

  it("names the resource by resource id and user", () => {
    assert.equal(databaseUserArn(CLUSTER, "a@b"), "arn:aws:rds-db:eu-west-2:000000000000:dbuser:cluster-ABC/a@b");
  });
});
