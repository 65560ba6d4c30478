import assert from "node:assert/strict";
import { Hash } from "@smithy/hash-node";
import { SignatureV4 } from "@smithy/signature-v4";
import fc from "fast-check";
import { verifyRequest, type SignedRequest } from "../../../../../automation/sandbox/sigv4/verify-request";
import { fixedKey, personPrincipal } from "../../../../support/estate-fixtures";

const NOW = Date.parse("2026-11-22T12:00:00Z");
const KEY = fixedKey(personPrincipal("arn:aws:sso:::permissionSet/x/y"));
const OPTIONS = { lookup: (id: string) => (id === KEY.accessKeyId ? KEY : undefined), now: NOW };

/** A request signed by the library that the AWS SDK signs with. */
async function signed(
  parts: { path?: string; query?: Record<string, string>; body?: string; at?: number } = {},
): Promise<SignedRequest> {
  const { path = "/", query = {}, body = "", at = NOW } = parts;
  const credentials = {
    accessKeyId: KEY.accessKeyId,
    secretAccessKey: KEY.secretAccessKey,
    sessionToken: KEY.sessionToken ?? "",
  };
  const signer = new SignatureV4({
    service: "ssm",
    region: "eu-west-2",
    credentials,
    sha256: Hash.bind(null, "sha256"),
  });
  const request = {
    method: "POST",
    protocol: "http:",
    hostname: "127.0.0.1",
    port: 4566,
    path,
    query,
    headers: { host: "127.0.0.1:4566", "content-type": "application/x-amz-json-1.1" },
    body,
  };
  const { headers } = await signer.sign(request, { signingDate: new Date(at) });
  const text = Object.entries(query).map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
  const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return {
    method: "POST",
    url: `${path}${text.length === 0 ? "" : `?${text.join("&")}`}`,
    headers: lower,
    body: Buffer.from(body),
  };
}

describe("verifyRequest", () => {
  it("accepts what the SDK's signer makes, whatever path, query and body", async () => {
    const text = fc.string({ maxLength: 20 }).filter((value) => !/[\uD800-\uDFFF]/.test(value));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom("/", "/v1/data-channel/jane@example.com-0a1b", "/a b/c"),
        fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), text, { maxKeys: 3 }),
        text,
        async (path, query, body) => {
          assert.deepEqual(verifyRequest(await signed({ path, query, body }), OPTIONS), {
            ok: true,
            key: KEY,
            service: "ssm",
            region: "eu-west-2",
          });
        },
      ),
      { numRuns: 60 },
    );
  });

  const refusals: [string, (request: SignedRequest) => SignedRequest, Partial<typeof OPTIONS>, string, number][] = [
    [
      "no signature",
      (r) => ({ ...r, headers: { ...r.headers, authorization: undefined } }),
      {},
      "MissingAuthenticationToken",
      403,
    ],
    ["an unknown key", (r) => r, { lookup: () => undefined }, "InvalidClientTokenId", 403],
    [
      "another session token",
      (r) => ({ ...r, headers: { ...r.headers, "x-amz-security-token": "other" } }),
      {},
      "InvalidClientTokenId",
      403,
    ],
    ["a changed body", (r) => ({ ...r, body: Buffer.from("other") }), {}, "SignatureDoesNotMatch", 403],
    ["a changed method", (r) => ({ ...r, method: "GET" }), {}, "SignatureDoesNotMatch", 403],
    ["a changed query", (r) => ({ ...r, url: "/?x=y" }), {}, "SignatureDoesNotMatch", 403],
    [
      "another host",
      (r) => ({ ...r, headers: { ...r.headers, host: "evil.example" } }),
      {},
      "SignatureDoesNotMatch",
      403,
    ],
    ["ended credentials", (r) => r, { lookup: () => ({ ...KEY, expiresAt: NOW }) }, "ExpiredToken", 403],
  ];
  for (const [title, change, options, code, status] of refusals) {
    it(`refuses ${title}: ${code}`, async () => {
      const answer = verifyRequest(change(await signed({ body: "{}" })), { ...OPTIONS, ...options });
      assert.deepEqual(answer.ok ? [] : [answer.code, answer.status], [code, status]);
    });
  }

  it("says by how much an old or early signature misses", async () => {
    const old = verifyRequest(await signed({ at: NOW - 600_000 }), OPTIONS);
    assert.equal(
      old.ok ? "" : old.message,
      "Signature expired: 20261122T115000Z is earlier than 20261122T115500Z (20261122T120000Z - 5 min.)",
    );
    const early = verifyRequest(await signed({ at: NOW + 600_000 }), OPTIONS);
    assert.equal(
      early.ok ? "" : early.message,
      "Signature not yet current: 20261122T121000Z is later than 20261122T120500Z (20261122T120000Z + 5 min.)",
    );
  });
});
