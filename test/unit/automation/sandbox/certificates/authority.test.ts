import assert from "node:assert/strict";
import { createPrivateKey, randomBytes, X509Certificate } from "node:crypto";
import { makeAuthority } from "../../../../../automation/sandbox/certificates/authority";

const NOW = Date.parse("2026-06-01T00:00:00Z");
const make = () =>
  makeAuthority(
    () => NOW,
    () => randomBytes(16),
  );

describe("the sandbox's authority", () => {
  it("issues certificates that bear exactly the names, and match their key", async () => {
    const authority = await make();
    const { key, cert } = await authority.issue(["writer.example", "reader.example"]);
    const parsed = new X509Certificate(cert);
    const ca = new X509Certificate(authority.caPem);
    assert.equal(parsed.subjectAltName, "DNS:writer.example, DNS:reader.example");
    assert.equal(parsed.subject, "CN=Sallyport SANDBOX database");
    assert.equal(parsed.checkPrivateKey(createPrivateKey(key)), true);
    assert.equal(parsed.verify(ca.publicKey), true);
    assert.deepEqual([parsed.ca, ca.ca], [false, true]);
    assert.deepEqual(
      [parsed.validFromDate.toISOString(), parsed.validToDate.toISOString()],
      ["2026-05-31T00:00:00.000Z", "2027-06-01T00:00:00.000Z"],
    );
  });

  it("is another one each time", async () => {
    const [one, two] = [await make(), await make()];
    const { cert } = await one.issue(["a.example"]);
    assert.equal(new X509Certificate(cert).verify(new X509Certificate(two.caPem).publicKey), false);
  });
});
