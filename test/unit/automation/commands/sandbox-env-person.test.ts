import assert from "node:assert/strict";
import { sandboxEnv } from "../../../../automation/commands/sandbox-env";
import { chooseSet, personVariables } from "../../../../automation/commands/sandbox-env-person";
import { FakeAws } from "../../../support/fake-aws";
import { pretendSandbox } from "../../../support/fake-sandbox";
import { recordedContext, type RecordedContext } from "../../../support/recorded-context";
import { inTemporaryFolder } from "../../../support/temporary-folder";

const SETS = ["sp-payments-dev-developer", "sp-payments-dev-admin"].map((set) => ({ account: "000000000000", set }));

describe("a person's variables in the sandbox", () => {
  const within = (body: (context: RecordedContext, portal: FakeAws) => Promise<void>): Promise<void> =>
    inTemporaryFolder(async (cwd) => {
      const portal = await FakeAws.start();
      try {
        portal
          .on("POST /client/register", { json: { clientId: "c", clientSecret: "client-secret" } })
          .on("POST /device_authorization", {
            json: { deviceCode: "d", userCode: "WXYZ-1234", verificationUri: "http://x", interval: 1, expiresIn: 600 },
          })
          .on("POST /_sandbox/device/approve", { json: {} })
          .on("POST /token", { json: { accessToken: "access-token-1", expiresIn: 28800 } })
          .on("GET /assignment/accounts", { json: { accountList: [{ accountId: "000000000000" }] } })
          .on("GET /assignment/roles", { json: { roleList: SETS.map(({ set }) => ({ roleName: set })) } })
          .on("GET /federation/credentials", {
            json: {
              roleCredentials: { accessKeyId: "ASIA1", secretAccessKey: "it's", sessionToken: "t", expiration: 1 },
            },
          });
        pretendSandbox(cwd, portal.url);
        await body(recordedContext(cwd), portal);
      } finally {
        await portal.close();
      }
    });

  it("come from the portal, after a sign-in that the control token approved", () =>
    within(async (context, portal) => {
      assert.deepEqual(await personVariables("jane@example.com", "developer", context), {
        AWS_ACCESS_KEY_ID: "ASIA1",
        AWS_SECRET_ACCESS_KEY: "it's",
        AWS_SESSION_TOKEN: "t",
        AWS_REGION: "eu-west-2",
        AWS_DEFAULT_REGION: "eu-west-2",
        AWS_ENDPOINT_URL: portal.url,
      });
      assert.deepEqual(portal.inputs("POST /_sandbox/device/approve"), [
        { userCode: "WXYZ-1234", person: "jane@example.com" },
      ]);
      assert.equal(portal.inputs("GET /federation/credentials")[0]?.role_name, "sp-payments-dev-developer");
    }));

  it("are printed as export lines", () =>
    within(async (context) => {
      assert.equal(await sandboxEnv(["--as", "jane@example.com", "--role", "sp-payments-dev-admin"], context), 0);
      assert.match(
        context.out.join(""),
        /^export AWS_ACCESS_KEY_ID='ASIA1'\nexport AWS_SECRET_ACCESS_KEY='it'\\''s'\n/,
      );
    }));

  it("somebody who is not in the directory is told who is", () =>
    within((context) =>
      assert.rejects(personVariables("nobody", undefined, context), {
        code: "SANDBOX_PERSON_UNKNOWN",
        likely: "There are: jane@example.com.",
      }),
    ));

  it("the set is the named one, in full or by its last part, or the only one", () => {
    assert.equal(chooseSet(SETS, "admin", "jane").set, "sp-payments-dev-admin");
    assert.equal(chooseSet(SETS, "sp-payments-dev-admin", "jane").set, "sp-payments-dev-admin");
    assert.equal(chooseSet(SETS.slice(0, 1), undefined, "jane").set, "sp-payments-dev-developer");
    assert.throws(() => chooseSet(SETS, undefined, "jane"), {
      code: "AUTH_ROLE_CHOICE",
      message: "jane has several permission sets: sp-payments-dev-developer, sp-payments-dev-admin.",
    });
    assert.throws(() => chooseSet(SETS, "owner", "jane"), {
      code: "AUTH_NO_ACCESS",
      message: 'jane has no permission set "owner".',
    });
    assert.throws(() => chooseSet([], undefined, "nora"), {
      code: "AUTH_NO_ACCESS",
      message: "nora has no permission set in any account.",
    });
  });
});
