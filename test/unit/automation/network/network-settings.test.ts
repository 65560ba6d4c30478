import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { Redactor } from "../../../../automation/core/redactor";
import { readNetwork } from "../../../../automation/network/network-settings";
import { makeAuthority } from "../../../support/made-certificates";
import { inTemporaryFolder } from "../../../support/temporary-folder";

describe("network settings", () => {
  const read = (env: Record<string, string>, cwd = "/", redactor = new Redactor()) =>
    readNetwork({ env, cwd, redactor });

  it("an environment that says nothing changes nothing", () => {
    assert.deepEqual(read({}), { proxies: { bypass: [] } });
    assert.deepEqual(read({ AWS_CA_BUNDLE: "" }), { proxies: { bypass: [] } });
  });

  it("holds proxies, authorities and kinds of endpoints", async () => {
    const { ca } = await makeAuthority();
    await inTemporaryFolder((folder) => {
      writeFileSync(path.join(folder, "ca.pem"), ca);
      const env = { HTTPS_PROXY: "http://p:1", AWS_CA_BUNDLE: "ca.pem", AWS_USE_FIPS_ENDPOINT: "true" };
      const found = read(env, folder);
      assert.deepEqual([found.authorities, found.fips, found.dualStack], [[ca.trim()], true, undefined]);
      assert.equal(found.proxies.https && "shown" in found.proxies.https && found.proxies.https.shown, "http://p:1");
    });
  });

  it("a bundle that cannot be read is refused at once", () => {
    assert.throws(() => read({ AWS_CA_BUNDLE: "/nowhere/ca.pem" }), {
      code: "NETWORK_SETTINGS_INVALID",
      message: "AWS_CA_BUNDLE: /nowhere/ca.pem cannot be read (ENOENT).",
    });
  });

  it("registers the proxies' credentials as secrets, in each form in which they could leak", () => {
    const redactor = new Redactor();
    read({ HTTPS_PROXY: "http://jane:s3cr%C3%A9t-one@p:1", HTTP_PROXY: "jane:other-secret@p:1" }, "/", redactor);
    const basic = Buffer.from("jane:s3crét-one").toString("base64");
    for (const leak of ["s3crét-one", "s3cr%C3%A9t-one", "jane:s3cr%C3%A9t-one", basic, "other-secret"])
      assert.doesNotMatch(redactor.redact(`<${leak}>`), /s3cr|other|c2VjcmV0|amFuZT/, leak);
  });
});
