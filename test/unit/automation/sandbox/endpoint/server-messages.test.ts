import assert from "node:assert/strict";
import {
  ASK_PASSWORD,
  fatal,
  noEncryption,
  pamFailed,
  passwordOf,
  protocolViolation,
} from "../../../../../automation/sandbox/endpoint/server-messages";

describe("what the endpoint says", () => {
  it("without TLS is RDS's own sentence", () => {
    const message = 'no pg_hba.conf entry for host "10.0.0.7", user "jane", database "app", no encryption';
    assert.deepEqual(noEncryption("10.0.0.7", "jane", "app"), { sqlState: "28000", message });
  });

  it("to a refused token is PAM's sentence", () => {
    assert.deepEqual(pamFailed("jane"), { sqlState: "28000", message: 'PAM authentication failed for user "jane"' });
    assert.deepEqual(protocolViolation("x"), { sqlState: "08P01", message: "x" });
  });

  it("is framed as ErrorResponse", () => {
    const expected = Buffer.from("E\0\0\0\x22SFATAL\0VFATAL\0C28000\0Mno way\0\0", "latin1");
    assert.deepEqual(fatal({ sqlState: "28000", message: "no way" }), expected);
  });

  it("asks for the token in clear text, within TLS", () => {
    assert.equal(ASK_PASSWORD.toString("hex"), "520000000800000003");
  });

  it("reads a password, and nothing else, from a PasswordMessage", () => {
    assert.equal(passwordOf(Buffer.from("p\0\0\0\x0bsecret\0", "latin1")), "secret");
    assert.equal(passwordOf(Buffer.from("Q\0\0\0\x0bsecret\0", "latin1")), undefined);
    assert.equal(passwordOf(Buffer.from("p\0\0\0\x0asecret", "latin1")), undefined);
  });
});
