import assert from "node:assert/strict";
import { makeSsoPortal } from "../../../../automation/aws/sso-portal";
import { systemClock } from "../../../../automation/core/clock";
import { FakeAws, jsonError } from "../../../support/fake-aws";

describe("access portal adapter", () => {
  let aws: FakeAws;
  const portal = () =>
    makeSsoPortal({ region: "eu-west-1", endpoint: aws.url, accessToken: "access-token-1", clock: systemClock });
  beforeEach(async () => {
    aws = await FakeAws.start();
  });
  afterEach(() => aws.close());

  it("lists accounts and roles with the bearer token and no signature", async () => {
    aws.on("GET /assignment/accounts", ({ input }) =>
      input.next_token === undefined
        ? { json: { accountList: [{ accountId: "000000000000" }], nextToken: "n" } }
        : { json: { accountList: [{ accountId: "000000000009" }] } },
    );
    aws.on("GET /assignment/roles", {
      json: { roleList: [{ roleName: "sp-payments-dev-developer", accountId: "000000000000" }] },
    });
    assert.deepEqual(await portal().accounts(), ["000000000000", "000000000009"]);
    assert.deepEqual(await portal().roles("000000000000"), ["sp-payments-dev-developer"]);
    assert.deepEqual(
      aws.requests.map(({ headers }) => [headers["x-amz-sso_bearer_token"], headers.authorization]),
      Array(3).fill(["access-token-1", undefined]),
    );
  });

  it("answers role credentials with their end", async () => {
    aws.on("GET /federation/credentials", {
      json: {
        roleCredentials: {
          accessKeyId: "ASIA1",
          secretAccessKey: "s",
          sessionToken: "t",
          expiration: 1_795_000_000_000,
        },
      },
    });
    assert.deepEqual(await portal().roleCredentials("000000000000", "set"), {
      accessKeyId: "ASIA1",
      secretAccessKey: "s",
      sessionToken: "t",
      expiration: new Date(1_795_000_000_000),
    });
    assert.deepEqual(aws.inputs("GET /federation/credentials"), [{ role_name: "set", account_id: "000000000000" }]);
    aws.on("GET /federation/credentials", { json: {} });
    await assert.rejects(portal().roleCredentials("000000000000", "set"), { code: "AWS_CALL_FAILED" });
  });

  it("tells a removed assignment from an ended sign-in", async () => {
    aws.on("GET /federation/credentials", jsonError("ForbiddenException", "No access", 403));
    await assert.rejects(portal().roleCredentials("000000000000", "set"), { code: "AUTH_FORBIDDEN" });
    aws.on("GET /assignment/accounts", jsonError("UnauthorizedException", "Session token not found or invalid", 401));
    await assert.rejects(portal().accounts(), { code: "AUTH_SIGN_IN_EXPIRED" });
  });

  it("ends the sign-in", async () => {
    aws.on("POST /logout", { json: {} });
    await portal().logout();
    assert.equal(aws.requests[0]?.headers["x-amz-sso_bearer_token"], "access-token-1");
  });
});
