import assert from "node:assert/strict";
import { run } from "../../../../automation/commands/status";
import { SIGN_IN, signedInContext } from "../../../support/signed-in";
import { inTemporaryFolder } from "../../../support/temporary-folder";

const ENDED = { ...SIGN_IN, expiresAt: "2020-01-01T00:00:00.000Z" };

describe("sallyport status", () => {
  it("tells who is signed in, where and until when, and says SANDBOX", () =>
    inTemporaryFolder(async (folder) => {
      const context = signedInContext(folder, SIGN_IN);
      assert.equal(await run([], context), 0);
      assert.match(
        context.out.join(""),
        /^SANDBOX {2}simulated AWS at http:\/\/127\.0\.0\.1:1\nPerson {3}jane@example\.com\nPortal {3}https:\/\/sallyport-sandbox\.awsapps\.com\/start \(eu-west-1\)\nSign-in {2}ends in \d+ days, 2049-01-01T00:00:00\.000Z\n$/,
      );
      assert.doesNotMatch(context.out.join(""), /access-token-1/);
    }));

  it("ends with 5 when nobody is, or not any more", () =>
    inTemporaryFolder(async (folder) => {
      const nobody = signedInContext(folder, undefined);
      assert.equal(await run([], nobody), 5);
      assert.deepEqual(nobody.out, ["Nobody is signed in on this machine.\n  Next: sallyport login\n"]);
      const ended = signedInContext(folder, ENDED);
      assert.equal(await run([], ended), 5);
      assert.match(ended.out.join(""), /Sign-in {2}ended \d+ days ago/);
    }));

  it("answers one JSON document without the token", () =>
    inTemporaryFolder(async (folder) => {
      const nobody = signedInContext(folder, undefined, { json: true });
      assert.equal(await run([], nobody), 5);
      assert.deepEqual(JSON.parse(nobody.out.join("")), { v: 1, signedIn: false, sandbox: false });
      const context = signedInContext(folder, SIGN_IN, { json: true });
      assert.equal(await run([], context), 0);
      assert.deepEqual(JSON.parse(context.out.join("")), {
        v: 1,
        signedIn: true,
        sandbox: true,
        person: "jane@example.com",
        startUrl: SIGN_IN.startUrl,
        region: "eu-west-1",
        expiresAt: SIGN_IN.expiresAt,
      });
    }));
});
