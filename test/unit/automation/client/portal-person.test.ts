import assert from "node:assert/strict";
import { personOf, portalPerson } from "../../../../automation/client/portal-person";
import { systemClock } from "../../../../automation/core/clock";
import { Redactor } from "../../../../automation/core/redactor";
import { callerIdentity, FakeAws } from "../../../support/fake-aws";

describe("the signed-in person's name", () => {
  it("is the session name of a permission set of ours", async () => {
    const aws = await FakeAws.start();
    try {
      aws.on("GET /assignment/accounts", { json: { accountList: [{ accountId: "111122223333" }] } });
      aws.on("GET /assignment/roles", {
        json: { roleList: [{ roleName: "AdministratorAccess" }, { roleName: "sp-payments-dev-developer" }] },
      });
      aws.on("GET /federation/credentials", {
        json: {
          roleCredentials: { accessKeyId: "ASIA", secretAccessKey: "secret-key", sessionToken: "session-token" },
        },
      });
      aws.on(
        "GetCallerIdentity",
        callerIdentity(
          "111122223333",
          "arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_sp-payments-dev-developer_0123456789abcdef/jane@example.com",
        ),
      );
      const redactor = new Redactor();
      assert.equal(
        await portalPerson({ region: "eu-west-1", endpoint: aws.url, accessToken: "t", clock: systemClock, redactor }),
        "jane@example.com",
      );
      assert.deepEqual(aws.inputs("GET /federation/credentials"), [
        { role_name: "sp-payments-dev-developer", account_id: "111122223333" },
      ]);
      assert.equal(redactor.redact("secret-key session-token"), "«redacted» «redacted»");
    } finally {
      await aws.close();
    }
  });

  it("is unknown for somebody who holds none", async () => {
    const portal = { accounts: async () => [], roles: async () => [], roleCredentials: () => assert.fail("not asked") };
    assert.equal(await personOf(portal, new Redactor(), () => assert.fail("not asked")), "");
  });
});
