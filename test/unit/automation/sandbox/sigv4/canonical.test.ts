import assert from "node:assert/strict";
import {
  canonicalQuery,
  encodeRfc3986,
  parseAmzDate,
  parseCredential,
  sameSignature,
  signatureOf,
} from "../../../../../automation/sandbox/sigv4/canonical";
import vectors from "../../../../support/data/rds-token-vectors.json";

describe("the arithmetic of Signature Version 4", () => {
  it("gives the signature of the vectors", () => {
    for (const vector of vectors.cases) {
      const scope = { date: vector.amzDate.slice(0, 8), region: vector.region, service: "rds-db" };
      const request = {
        method: "GET",
        path: "/",
        query: vector.canonicalQuery,
        headers: [["host", `${vector.host}:${vector.port}`]] as const,
        payloadHash: vectors.emptySha256,
      };
      assert.equal(signatureOf(request, vector.amzDate, scope, vector.secretAccessKey), vector.signature, vector.name);
    }
  });

  it("encodes all but the unreserved characters, and sorts by encoded name, then value", () => {
    assert.equal(encodeRfc3986("a b+c/d@é!'()*~"), "a%20b%2Bc%2Fd%40%C3%A9%21%27%28%29%2A~");
    assert.equal(
      canonicalQuery([
        ["b", "2"],
        ["a", "2"],
        ["a", "1"],
      ]),
      "a=1&a=2&b=2",
    );
  });

  it("reads dates and credentials, and nothing else", () => {
    assert.equal(parseAmzDate("20260102T030405Z"), Date.parse("2026-01-02T03:04:05Z"));
    assert.deepEqual([parseAmzDate("2026-01-02T03:04:05Z"), parseAmzDate("20261302T030405Z")], [undefined, undefined]);
    assert.deepEqual(parseCredential("AKIAIOSFODNN7EXAMPLE/20260102/eu-west-2/ssm/aws4_request"), {
      accessKeyId: "AKIAIOSFODNN7EXAMPLE",
      scope: { date: "20260102", region: "eu-west-2", service: "ssm" },
    });
    assert.equal(parseCredential("AKIAIOSFODNN7EXAMPLE/20260102/eu-west-2/ssm/aws4_requestx"), undefined);
  });

  it("compares signatures of any length without throwing", () => {
    assert.deepEqual([sameSignature("a", "a"), sameSignature("a", "ab")], [true, false]);
  });
});
