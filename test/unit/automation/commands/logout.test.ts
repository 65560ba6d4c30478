import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { run } from "../../../../automation/commands/logout";
import { FakeAws } from "../../../support/fake-aws";
import { recordOf, SIGN_IN, signedInContext } from "../../../support/signed-in";
import { inTemporaryFolder } from "../../../support/temporary-folder";

describe("sallyport logout", () => {
  it("ends the sign-in at the portal and forgets it here", () =>
    inTemporaryFolder(async (folder) => {
      const aws = await FakeAws.start();
      try {
        aws.on("POST /logout", { json: {} });
        const context = signedInContext(folder, { ...SIGN_IN, sandbox: { endpointUrl: aws.url, caBundle: "/ca.pem" } });
        assert.equal(await run([], context), 0);
        assert.equal(aws.requests[0]?.headers["x-amz-sso_bearer_token"], "access-token-1");
        assert.equal(existsSync(recordOf(folder)), false);
        assert.deepEqual(context.err, ["Signed out: jane@example.com.\n"]);
      } finally {
        await aws.close();
      }
    }));

  it("forgets it although the portal is gone or the sign-in has ended", () =>
    inTemporaryFolder(async (folder) => {
      const context = signedInContext(folder, { ...SIGN_IN, expiresAt: "2020-01-01T00:00:00Z" });
      assert.equal(await run([], context), 0);
      assert.equal(existsSync(recordOf(folder)), false);
      assert.match(context.err.join(""), /The portal could not be told/);
      assert.equal(await run([], context), 0);
      assert.equal(context.err.at(-1), "Nobody was signed in on this machine.\n");
    }));

  it("refuses unknown options", () =>
    inTemporaryFolder(async (folder) => {
      await assert.rejects(run(["--all"], signedInContext(folder, undefined)), { code: "USAGE" });
    }));
});
