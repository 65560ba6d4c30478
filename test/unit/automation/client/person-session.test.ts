import assert from "node:assert/strict";
import { homeRequest, knownSignIn, personSession } from "../../../../automation/client/person-session";
import { inTemporaryFolder } from "../../../support/temporary-folder";
import { homeOf, SIGN_IN, signedInContext } from "../../../support/signed-in";

const { sandbox: _sandbox, ...REAL } = SIGN_IN;

describe("a signed-in person", () => {
  it("is found by the record alone, with the sandbox's endpoint", () =>
    inTemporaryFolder((folder) => {
      const context = signedInContext(folder, SIGN_IN, { env: { AWS_ENDPOINT_URL: "http://127.0.0.1:9" } });
      const session = personSession(context);
      assert.deepEqual(
        [session.home, session.record, session.endpoint],
        [homeOf(folder), SIGN_IN, "http://127.0.0.1:1"],
      );
      assert.equal(homeRequest(context).cwd, folder);
    }));

  it("is nobody without a record, and not any more after its end", () =>
    inTemporaryFolder((folder) => {
      const context = signedInContext(folder, undefined);
      assert.equal(knownSignIn(context), undefined);
      assert.throws(() => personSession(context), { code: "AUTH_NOT_SIGNED_IN", exitCode: 5 });
      assert.throws(() => personSession(signedInContext(folder, { ...SIGN_IN, expiresAt: "2020-01-01T00:00:00Z" })), {
        code: "AUTH_SIGN_IN_EXPIRED",
        next: "sallyport login --as jane@example.com",
      });
    }));

  it("of a real portal is not sent to a leftover endpoint", () =>
    inTemporaryFolder((folder) => {
      const env = { AWS_ENDPOINT_URL_SSO: "http://127.0.0.1:9" };
      assert.throws(() => personSession(signedInContext(folder, REAL, { env })), {
        code: "ENDPOINT_OVERRIDE_REFUSED",
        exitCode: 2,
      });
      assert.equal(personSession(signedInContext(folder, REAL, { env }), { allowOverride: true }).endpoint, undefined);
    }));
});
