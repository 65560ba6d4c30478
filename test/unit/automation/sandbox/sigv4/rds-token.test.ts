import assert from "node:assert/strict";
import { Hash } from "@smithy/hash-node";
import { SignatureV4 } from "@smithy/signature-v4";
import fc from "fast-check";
import { verifyRdsToken, type RdsTokenTarget } from "../../../../../automation/sandbox/sigv4/rds-token";
import { fixedKey, personPrincipal } from "../../../../support/estate-fixtures";
import vectors from "../../../../support/data/rds-token-vectors.json";

const PERSON = personPrincipal("arn:aws:sso:::permissionSet/x/y");
const MADE = Date.parse("2026-01-02T03:04:05Z");
const KEY = fixedKey(PERSON);
const TARGET: RdsTokenTarget = {
  host: "app.cluster-cabcdefghijk.eu-west-2.rds.amazonaws.com",
  port: 5432,
  user: "jane@example.com",
  region: "eu-west-2",
  now: MADE,
  lookup: (id) => (id === KEY.accessKeyId ? KEY : undefined),
};

/** A token by the library that the AWS SDK signs with, at a given moment. */
async function token(target: RdsTokenTarget, at = MADE, key = KEY): Promise<string> {
  const credentials = {
    accessKeyId: key.accessKeyId,
    secretAccessKey: key.secretAccessKey,
    ...(key.sessionToken === undefined ? {} : { sessionToken: key.sessionToken }),
  };
  const signer = new SignatureV4({
    service: "rds-db",
    region: target.region,
    credentials,
    sha256: Hash.bind(null, "sha256"),
    applyChecksum: false,
  });
  const request = {
    method: "GET",
    protocol: "https:",
    hostname: target.host,
    port: target.port,
    path: "/",
    headers: { host: `${target.host}:${target.port}` },
    query: { Action: "connect", DBUser: target.user },
  };
  const signed = await signer.presign(request, {
    expiresIn: 900,
    signingDate: new Date(at),
    unhoistableHeaders: new Set(["host"]),
  });
  const query = Object.entries(signed.query ?? {}).map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`,
  );
  return `${target.host}:${target.port}/?${query.join("&")}`;
}

describe("verifyRdsToken", () => {
  for (const vector of vectors.cases) {
    const key = fixedKey(PERSON, {
      accessKeyId: vector.accessKeyId,
      secretAccessKey: vector.secretAccessKey,
      sessionToken: vector.sessionToken ?? undefined,
    });
    const target = {
      host: vector.host,
      port: vector.port,
      user: vector.user,
      region: vector.region,
      now: MADE,
      lookup: () => key,
    };
    it(`accepts vector ${vector.name}, in either order of parameters`, () => {
      const [place = "", query = ""] = vector.botocoreToken.split("/?");
      assert.deepEqual(verifyRdsToken(vector.botocoreToken, target), { ok: true, principal: PERSON });
      assert.deepEqual(verifyRdsToken(`${place}/?${query.split("&").reverse().join("&")}`, target), {
        ok: true,
        principal: PERSON,
      });
    });
  }

  it("accepts what the SDK's signer makes for any user name, and for no other", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ minLength: 1, maxLength: 40 }).filter((name) => !/[\uD800-\uDFFF]/.test(name)),
        async (user) => {
          const made = await token({ ...TARGET, user });
          assert.deepEqual(verifyRdsToken(made, { ...TARGET, user }), { ok: true, principal: PERSON });
          assert.equal(verifyRdsToken(made, { ...TARGET, user: `${user}x` }).ok, false);
        },
      ),
      { numRuns: 50 },
    );
  });

  const refusals: [string, (made: string) => string, Partial<RdsTokenTarget>, RegExp][] = [
    [
      "another host",
      (made) => made,
      { host: "other.cluster-cabcdefghijk.eu-west-2.rds.amazonaws.com" },
      /^the token is for app\.cluster/,
    ],
    ["the local port", (made) => made, { port: 15432 }, /not for .*:15432$/],
    ["another region", (made) => made, { region: "eu-west-1" }, /^the token is for region eu-west-2$/],
    ["901 seconds of age", (made) => made, { now: MADE + 901_000 }, /^the token is expired$/],
    ["six minutes too early", (made) => made, { now: MADE - 360_000 }, /^the token is from the future$/],
    ["an unknown key", (made) => made, { lookup: () => undefined }, /^the access key is unknown$/],
    [
      "another session token",
      (made) => made,
      { lookup: () => ({ ...KEY, sessionToken: "other" }) },
      /^the session token is not the key's$/,
    ],
    [
      "another secret",
      (made) => made,
      { lookup: () => ({ ...KEY, secretAccessKey: "other" }) },
      /^the signature does not match$/,
    ],
    [
      "credentials that ended meanwhile",
      (made) => made,
      { lookup: () => ({ ...KEY, expiresAt: MADE }) },
      /^the credentials that signed are expired$/,
    ],
    [
      "a changed signature",
      (made) => made.replace(/Signature=(.)/, (_, first: string) => `Signature=${first === "0" ? "1" : "0"}`),
      {},
      /^the signature does not match$/,
    ],
    ["an added parameter", (made) => `${made}&x=y`, {}, /unknown or repeated/],
    [
      "a longer life",
      (made) => made.replace("Expires=900", "Expires=9000"),
      {},
      /^the token does not expire after 900 seconds$/,
    ],
    ["a password", () => "hunter2", {}, /^the password is no token$/],
  ];
  for (const [title, change, target, reason] of refusals) {
    it(`refuses ${title}`, async () => {
      const answer = verifyRdsToken(change(await token(TARGET)), { ...TARGET, ...target });
      assert.equal(answer.ok, false);
      assert.match(answer.ok ? "" : answer.reason, reason);
    });
  }

  it("still accepts at 900 seconds", async () => {
    assert.equal(verifyRdsToken(await token(TARGET), { ...TARGET, now: MADE + 900_000 }).ok, true);
  });
});
