import assert from "node:assert/strict";
import { createPrivateKey, X509Certificate } from "node:crypto";
import { makeLocalCertificate } from "../../../../automation/proxy/local-certificate";

describe("local certificate", () => {
  it("is for this machine alone, for a year, and fits its key", async () => {
    const now = Date.UTC(2030, 5, 1);
    const { key, cert } = await makeLocalCertificate(now, Buffer.alloc(16, 0xff));
    const found = new X509Certificate(cert);
    assert.equal(found.subjectAltName, "DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1");
    assert.equal(found.subject, found.issuer);
    assert.equal(found.ca, false);
    assert.ok(found.checkPrivateKey(createPrivateKey(key)));
    assert.equal(found.publicKey.asymmetricKeyDetails?.namedCurve, "prime256v1");
    assert.equal(Date.parse(found.validFrom), now - 86_400_000);
    assert.equal(Date.parse(found.validTo), now + 365 * 86_400_000);
    assert.equal(found.serialNumber, `4${"F".repeat(31)}`);
  });
});
