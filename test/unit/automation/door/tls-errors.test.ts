import assert from "node:assert/strict";
import { translateTlsError } from "../../../../automation/door/tls-errors";

const error = (code: string, more: object = {}): Error => Object.assign(new Error("said OpenSSL"), { code }, more);

describe("TLS errors", () => {
  it("name the names of a wrong certificate, at most three", () => {
    const names = ["a", "b", "c", "d"].map((name) => `DNS:${name}`).join(", ");
    assert.equal(
      translateTlsError(error("ERR_TLS_CERT_ALTNAME_INVALID", { cert: { subjectaltname: names } }), "x").message,
      'The certificate is for "a", "b", "c", not "x".',
    );
    assert.equal(
      translateTlsError(error("ERR_TLS_CERT_ALTNAME_INVALID"), "x").message,
      'The certificate is for no name, not "x".',
    );
  });

  for (const code of [
    "SELF_SIGNED_CERT_IN_CHAIN",
    "DEPTH_ZERO_SELF_SIGNED_CERT",
    "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
    "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
    "CERT_NOT_YET_VALID",
  ]) {
    it(`${code} means that nobody vouches for the server`, () =>
      assert.equal(translateTlsError(error(code), "x").code, "TLS_UNTRUSTED"));
  }

  it("anything else is a lost connection", () => {
    const translated = translateTlsError(error("ECONNRESET"), "x");
    assert.deepEqual(
      [translated.code, translated.message],
      ["DB_UNREACHABLE", "The TLS handshake with x failed: said OpenSSL."],
    );
  });
});
