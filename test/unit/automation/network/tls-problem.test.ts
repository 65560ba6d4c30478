import assert from "node:assert/strict";
import { tlsProblem } from "../../../../automation/network/tls-problem";

const error = (code: string, message: string): Error => Object.assign(new Error(message), { code });

describe("TLS with AWS that fails", () => {
  it("an unknown authority is TLS_UNTRUSTED, with the variables that add one", () => {
    for (const code of ["SELF_SIGNED_CERT_IN_CHAIN", "UNABLE_TO_VERIFY_LEAF_SIGNATURE", "CERT_HAS_EXPIRED", "EPROTO"]) {
      const said = tlsProblem("ssm", error(code, "it failed"));
      assert.equal(said?.code, "TLS_UNTRUSTED", code);
      assert.equal(said.message, "ssm: the server's certificate was not accepted: it failed.");
      assert.equal(said.next, "set AWS_CA_BUNDLE or NODE_EXTRA_CA_CERTS to your organisation's authorities");
    }
  });

  it("another name is TLS_WRONG_NAME: no authority would help", () => {
    const said = tlsProblem("ssm", error("ERR_TLS_CERT_ALTNAME_INVALID", "Host: a. is not in the cert's altnames."));
    assert.equal(said?.code, "TLS_WRONG_NAME");
    assert.equal(
      said.message,
      "ssm: the server's certificate was not accepted: Host: a. is not in the cert's altnames.",
    );
    assert.equal(said.next, "do not go on: check the network and HTTPS_PROXY");
  });

  it("other errors are none of TLS's", () => {
    for (const code of ["ECONNREFUSED", "ENOTFOUND", "", "TimeoutError"])
      assert.equal(tlsProblem("ssm", error(code, "x")), undefined);
    assert.equal(tlsProblem("ssm", new Error("CERT_HAS_EXPIRED")), undefined);
  });
});
