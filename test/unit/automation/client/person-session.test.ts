import assert from "node:assert/strict";
import path from "node:path";
import { homeRequest, knownSignIn, personSession } from "../../../../automation/client/person-session";
import { FakeAws } from "../../../support/fake-aws";
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

  it("goes on with the next sign-in of the same person, and with nobody else's", () =>
    inTemporaryFolder(async (folder) => {
      const aws = await FakeAws.start();
      aws.on("GET /assignment/accounts", { json: { accountList: [] } });
      const mine = { ...SIGN_IN, sandbox: { endpointUrl: aws.url, caBundle: "ca.pem" } };
      const session = personSession(signedInContext(folder, mine));
      const tokens = (): unknown[] => aws.requests.map(({ headers }) => headers["x-amz-sso_bearer_token"]);
      await session.portal.accounts();
      signedInContext(folder, { ...mine, accessToken: "second-token" });
      await session.portal.accounts();
      assert.deepEqual(tokens(), [mine.accessToken, "second-token"]);
      signedInContext(folder, { ...mine, person: "eve@example.com" });
      await assert.rejects(session.portal.accounts(), {
        code: "AUTH_SIGN_IN_EXPIRED",
        message: `This command belongs to jane@example.com at ${mine.startUrl}; now eve@example.com at ${mine.startUrl} is signed in.`,
      });
      await aws.close();
    }));

  it("is reached as the environment says; what it says wrongly is refused before any call", () =>
    inTemporaryFolder((folder) => {
      const env = { HTTPS_PROXY: "http://jane:s3cret-word@proxy.example:3128", AWS_USE_FIPS_ENDPOINT: "true" };
      const context = signedInContext(folder, REAL, { env });
      const { proxies, fips } = personSession(context).network;
      assert.deepEqual([proxies.https?.variable, fips], ["HTTPS_PROXY", true]);
      assert.equal(context.redactor.redact("<s3cret-word>"), "<«redacted»>");
      assert.throws(() => personSession(signedInContext(folder, REAL, { env: { AWS_CA_BUNDLE: "none.pem" } })), {
        code: "NETWORK_SETTINGS_INVALID",
        exitCode: 2,
        message: `AWS_CA_BUNDLE: ${path.join(folder, "none.pem")} cannot be read (ENOENT).`,
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
