import assert from "node:assert/strict";
import { makeSsoOidc } from "../../../../automation/aws/sso-oidc";
import { systemClock } from "../../../../automation/core/clock";
import { FakeAws, jsonError } from "../../../support/fake-aws";

const CLIENT = { clientId: "c", clientSecret: "cs" };

describe("sign-in service adapter", () => {
  let aws: FakeAws;
  const oidc = () => makeSsoOidc({ region: "eu-west-1", endpoint: aws.url, clock: systemClock });
  beforeEach(async () => {
    aws = await FakeAws.start();
  });
  afterEach(() => aws.close());

  it("registers a public client and starts a device authorization", async () => {
    aws.on("POST /client/register", { json: { clientId: "c", clientSecret: "cs" } });
    aws.on("POST /device_authorization", {
      json: {
        deviceCode: "dc",
        userCode: "ABCD-EFGH",
        verificationUri: "https://x/",
        verificationUriComplete: "https://x/?user_code=ABCD-EFGH",
        expiresIn: 600,
        interval: 1,
      },
    });
    assert.deepEqual(await oidc().register("sallyport"), CLIENT);
    assert.deepEqual(await oidc().startDevice(CLIENT, "https://start"), {
      deviceCode: "dc",
      userCode: "ABCD-EFGH",
      verificationUri: "https://x/",
      verificationUriComplete: "https://x/?user_code=ABCD-EFGH",
      intervalMs: 1000,
      expiresInMs: 600_000,
    });
    assert.deepEqual(aws.inputs("POST /client/register"), [
      { clientName: "sallyport", clientType: "public", scopes: ["sso:account:access"] },
    ]);
    assert.deepEqual(aws.inputs("POST /device_authorization"), [{ ...CLIENT, startUrl: "https://start" }]);
  });

  it("answers the token once it is granted", async () => {
    aws.on("POST /token", { json: { accessToken: "at", expiresIn: 28_800, tokenType: "Bearer" } });
    assert.deepEqual(await oidc().token(CLIENT, "dc"), {
      state: "granted",
      accessToken: "at",
      expiresInMs: 28_800_000,
    });
    assert.deepEqual(aws.inputs("POST /token"), [
      { ...CLIENT, deviceCode: "dc", grantType: "urn:ietf:params:oauth:grant-type:device_code" },
    ]);
  });

  for (const [name, state] of [
    ["AuthorizationPendingException", "pending"],
    ["SlowDownException", "slowDown"],
    ["AccessDeniedException", "denied"],
    ["ExpiredTokenException", "expired"],
  ] as const) {
    it(`${name} means ${state}`, async () => {
      aws.on("POST /token", jsonError(name, "", 400));
      assert.deepEqual(await oidc().token(CLIENT, "dc"), { state });
    });
  }

  it("passes other failures on, and refuses an answer without what it should hold", async () => {
    aws.on("POST /token", jsonError("InvalidClientException", "bad", 401));
    await assert.rejects(oidc().token(CLIENT, "dc"), { code: "AUTH_SIGN_IN_EXPIRED" });
    aws.on("POST /client/register", { json: {} });
    await assert.rejects(oidc().register("x"), { code: "AWS_CALL_FAILED" });
  });
});
