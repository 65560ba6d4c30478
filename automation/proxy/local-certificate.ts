// tsyringe, which x509 builds on, refuses to load without it.
import "reflect-metadata";
import { webcrypto } from "node:crypto";
import * as x509 from "@peculiar/x509";

/** PEM of a private key and of its certificate. */
export interface LocalCertificate {
  readonly key: string;
  readonly cert: string;
}

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;
const DAY_MS = 86_400_000;

/**
 * Makes a self-signed certificate for localhost, 127.0.0.1 and ::1, in memory, its key with it.
 *
 * It exists for clients that cannot be told to do without TLS (`sslmode=require` fixed in a driver or a company's settings). It
 * proves nothing and need not: the bytes never leave this machine, and who listens is proved by SCRAM, where both sides show
 * that they know the local secret. TLS to the database is a different one, and verified.
 *
 * @param now wall time, milliseconds; the certificate holds from a day before to a year after
 * @param serial 16 random bytes
 */
export async function makeLocalCertificate(now: number, serial: Buffer): Promise<LocalCertificate> {
  x509.cryptoProvider.set(webcrypto);
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    // Positive, as a serial number must be.
    serialNumber: `4${serial.toString("hex").slice(1)}`,
    name: "CN=localhost",
    notBefore: new Date(now - DAY_MS),
    notAfter: new Date(now + 365 * DAY_MS),
    keys,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension([
        { type: "dns", value: "localhost" },
        { type: "ip", value: "127.0.0.1" },
        { type: "ip", value: "::1" },
      ]),
    ],
  });
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", keys.privateKey)).toString("base64");
  const lines = pkcs8.match(/.{1,64}/g) ?? [];
  return {
    key: ["-----BEGIN PRIVATE KEY-----", ...lines, "-----END PRIVATE KEY-----", ""].join("\n"),
    cert: certificate.toString("pem"),
  };
}
