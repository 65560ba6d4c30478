import assert from "node:assert/strict";
import { chmodSync } from "node:fs";
import path from "node:path";
import { homeForSignIn, userHome, type HomeRequest } from "../../../../automation/auth/client-home";
import {
  findSignInRecord,
  parseSignInRecord,
  recordFile,
  requireSignIn,
  spanText,
  writeSignInRecord,
  type SignInRecord,
} from "../../../../automation/auth/sign-in-record";
import { Redactor } from "../../../../automation/core/redactor";
import { inTemporaryFolder } from "../../../support/temporary-folder";

const REAL: SignInRecord = {
  v: 1,
  startUrl: "https://d-1.awsapps.com/start",
  region: "eu-west-1",
  accessToken: "access-token-1",
  expiresAt: "2026-11-23T18:00:00.000Z",
  person: "jane",
};
const SANDBOX: SignInRecord = { ...REAL, sandbox: { endpointUrl: "http://127.0.0.1:4566", caBundle: "/repo/ca.pem" } };
const request = (folder: string): HomeRequest => ({
  env: {},
  cwd: folder,
  platform: "linux",
  homeFolder: path.join(folder, "home"),
});

describe("sign-in record", () => {
  it("is found where it was written, and its token becomes a secret", () =>
    inTemporaryFolder((folder) => {
      const redactor = new Redactor();
      assert.equal(findSignInRecord(request(folder), redactor), undefined);
      const home = userHome(request(folder));
      writeSignInRecord(home, REAL, "r");
      assert.deepEqual(findSignInRecord(request(folder), redactor), { home, record: REAL });
      assert.equal(redactor.redact("access-token-1"), "«redacted»");
    }));

  it("of the sandbox in the working folder comes first; a real one there was put by somebody else", () =>
    inTemporaryFolder((folder) => {
      const home = userHome(request(folder));
      const here = homeForSignIn(request(folder), true);
      writeSignInRecord(home, REAL, "r");
      writeSignInRecord(here, { ...REAL, accessToken: "planted-token" }, "r");
      assert.equal(findSignInRecord(request(folder), new Redactor())?.record.accessToken, "access-token-1");
      writeSignInRecord(here, SANDBOX, "r");
      assert.deepEqual(findSignInRecord(request(folder), new Redactor()), { home: here, record: SANDBOX });
    }));

  it("that others may read, or that is none of this version, is not used", () =>
    inTemporaryFolder((folder) => {
      const home = userHome(request(folder));
      writeSignInRecord(home, REAL, "r");
      chmodSync(recordFile(home), 0o644);
      assert.throws(() => findSignInRecord(request(folder), new Redactor()), {
        code: "AUTH_NOT_SIGNED_IN",
        message: /may be read by others/,
      });
      writeSignInRecord(home, { ...REAL, v: 2 } as never, "r");
      assert.throws(() => findSignInRecord(request(folder), new Redactor()), {
        code: "AUTH_NOT_SIGNED_IN",
        message: /not a sign-in of this version/,
      });
    }));

  for (const [what, text] of [
    ["no JSON", "{"],
    ["an unknown field", JSON.stringify({ ...REAL, ca: "x" })],
    [
      "a sandbox that is not on this machine",
      JSON.stringify({ ...SANDBOX, sandbox: { endpointUrl: "http://evil.example", caBundle: "x" } }),
    ],
    ["a missing token", JSON.stringify({ ...REAL, accessToken: "" })],
  ] as const) {
    it(`refuses ${what}`, () => assert.equal(parseSignInRecord(text), undefined));
  }

  it("says who is missing and since when a sign-in has ended", () => {
    const end = Date.parse(REAL.expiresAt);
    assert.throws(() => requireSignIn(undefined, 0), {
      code: "AUTH_NOT_SIGNED_IN",
      message: "Nobody is signed in on this machine.",
    });
    assert.throws(() => requireSignIn({ home: "/h", record: REAL }, end + 190_000), {
      code: "AUTH_SIGN_IN_EXPIRED",
      message: "Your sign-in ended 3 min ago.",
      next: "sallyport login",
    });
    assert.throws(() => requireSignIn({ home: "/h", record: SANDBOX }, end), { next: "sallyport login --as jane" });
    assert.equal(requireSignIn({ home: "/h", record: REAL }, end - 1).record, REAL);
  });

  it("tells spans in people's units", () => {
    assert.deepEqual([0, 59_000, 190_000, 7_200_000, 172_800_000].map(spanText), [
      "0 s",
      "59 s",
      "3 min",
      "2 h",
      "2 days",
    ]);
  });
});
