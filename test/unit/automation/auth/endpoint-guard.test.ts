import assert from "node:assert/strict";
import {
  endpointOverrides,
  guardAccount,
  guardRunner,
  guardSignIn,
  isLoopback,
  isReservedAccount,
} from "../../../../automation/auth/endpoint-guard";

const REAL = ["111122223333"];
const SANDBOX = ["000000000000", "000000000001"];
const URL_HERE = "http://127.0.0.1:4566";
const REFUSED = { code: "ENDPOINT_OVERRIDE_REFUSED", exitCode: 2 };

describe("endpoint guard", () => {
  it("knows the sandbox's accounts and every variable that redirects calls", () => {
    assert.deepEqual([...SANDBOX, ...REAL].map(isReservedAccount), [true, true, false]);
    assert.deepEqual(
      endpointOverrides({
        AWS_ENDPOINT_URL_SSO: "x",
        AWS_ENDPOINT_URL: "y",
        AWS_ENDPOINT_URL_SSM: "",
        AWS_REGION: "z",
      }),
      ["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_SSO"],
    );
  });

  it("lets the runner use the override for the sandbox alone", () => {
    assert.deepEqual(guardRunner({ env: { AWS_ENDPOINT_URL: URL_HERE }, accounts: SANDBOX }), {
      sandbox: true,
      endpoint: URL_HERE,
    });
    assert.deepEqual(guardRunner({ env: {}, accounts: REAL }), { sandbox: false, endpoint: undefined });
    assert.throws(() => guardRunner({ env: { AWS_ENDPOINT_URL: URL_HERE }, accounts: REAL }), {
      ...REFUSED,
      message: "AWS_ENDPOINT_URL=http://127.0.0.1:4566 would send account 111122223333 elsewhere.",
    });
    assert.throws(() => guardRunner({ env: { AWS_ENDPOINT_URL_SSM: URL_HERE }, accounts: REAL }), REFUSED);
    assert.deepEqual(
      guardRunner({ env: { AWS_ENDPOINT_URL: "https://proxy.example" }, accounts: REAL, allowOverride: true }),
      { sandbox: false, endpoint: "https://proxy.example" },
    );
  });

  it("refuses the sandbox's accounts without it, with one that is elsewhere, and mixed with real ones", () => {
    assert.throws(() => guardRunner({ env: {}, accounts: SANDBOX }), {
      ...REFUSED,
      message: "Account 000000000000 is the sandbox's, but AWS_ENDPOINT_URL is not set.",
    });
    assert.throws(() => guardRunner({ env: { AWS_ENDPOINT_URL: "https://evil.example" }, accounts: SANDBOX }), REFUSED);
    assert.throws(
      () => guardRunner({ env: { AWS_ENDPOINT_URL: URL_HERE }, accounts: ["000000000000", "111122223333"] }),
      REFUSED,
    );
  });

  it("refuses a leftover override for a real sign-in; a sandbox sign-in brings its own endpoint", () => {
    assert.throws(
      () =>
        guardSignIn({
          env: { AWS_ENDPOINT_URL: URL_HERE },
          sandboxEndpoint: undefined,
          startUrl: "https://d-1.awsapps.com/start",
        }),
      {
        ...REFUSED,
        message:
          "AWS_ENDPOINT_URL=http://127.0.0.1:4566 would send the sign-in at https://d-1.awsapps.com/start elsewhere.",
      },
    );
    guardSignIn({
      env: { AWS_ENDPOINT_URL: URL_HERE },
      sandboxEndpoint: undefined,
      startUrl: "https://x",
      allowOverride: true,
    });
    guardSignIn({ env: { AWS_ENDPOINT_URL: "https://elsewhere" }, sandboxEndpoint: URL_HERE, startUrl: "https://x" });
    assert.throws(() => guardSignIn({ env: {}, sandboxEndpoint: "http://10.0.0.1", startUrl: "https://x" }), REFUSED);
  });

  it("keeps a sandbox sign-in out of real accounts, and the reverse", () => {
    guardAccount({ sandbox: true, account: "000000000000" });
    guardAccount({ sandbox: false, account: "111122223333" });
    assert.throws(() => guardAccount({ sandbox: true, account: "111122223333" }), {
      ...REFUSED,
      message: "A sandbox sign-in leads to the real account 111122223333.",
    });
    assert.throws(() => guardAccount({ sandbox: false, account: "000000000000" }), REFUSED);
  });

  it("takes only plain addresses of this machine for loopback", () => {
    for (const url of ["http://127.0.0.1:1", "http://localhost:1", "http://[::1]:1", "https://127.9.9.9"])
      assert.equal(isLoopback(url), true, url);
    for (const url of [
      "http://127.0.0.1.evil.example",
      "http://127.0.0.1@evil.example",
      "http://user@127.0.0.1",
      "ftp://127.0.0.1",
      "x",
      "",
    ])
      assert.equal(isLoopback(url), false, url);
  });
});
