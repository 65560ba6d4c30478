// tsyringe, which x509 builds on, refuses to load without it.
import "reflect-metadata";
import { webcrypto } from "node:crypto";
import * as x509 from "@peculiar/x509";

/** A key pair's private part and its certificate, as PEM. */
export interface ServerCertificate {
  readonly key: string;
  readonly cert: string;
}

/** The sandbox's own certificate authority: made anew for each sandbox, its key never leaves the process. */
export interface Authority {
  /** The authority's certificate, PEM: what clients trust. */
  readonly caPem: string;
  /** A certificate for exactly these DNS names (RDS: writer and reader endpoint). */
  issue(names: readonly string[]): Promise<ServerCertificate>;
}

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;
const DAY_MS = 86_400_000;

/**
 * Makes an authority.
 *
 * @param now wall time, milliseconds; certificates hold from a day before to a year after
 * @param serial 16 random bytes for each certificate
 */
export async function makeAuthority(now: () => number, serial: () => Buffer): Promise<Authority> {
  x509.cryptoProvider.set(webcrypto);
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    ...validity(now()),
    serialNumber: serialNumber(serial()),
    name: "CN=Sallyport SANDBOX CA",
    keys,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return {
    caPem: `${ca.toString("pem")}\n`,
    issue: async (names) => {
      const own = await webcrypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
      const cert = await x509.X509CertificateGenerator.create({
        ...validity(now()),
        serialNumber: serialNumber(serial()),
        // The names stand in the extension alone: a common name of over 64 characters is not allowed.
        subject: "CN=Sallyport SANDBOX database",
        issuer: ca.subject,
        publicKey: own.publicKey,
        signingKey: keys.privateKey,
        signingAlgorithm: ALGORITHM,
        extensions: [
          new x509.BasicConstraintsExtension(false, undefined, true),
          new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
          new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
          new x509.SubjectAlternativeNameExtension(names.map((value) => ({ type: "dns" as const, value }))),
          await x509.AuthorityKeyIdentifierExtension.create(keys.publicKey),
        ],
      });
      return { key: pem(await webcrypto.subtle.exportKey("pkcs8", own.privateKey)), cert: cert.toString("pem") };
    },
  };
}

function validity(now: number): { notBefore: Date; notAfter: Date } {
  return { notBefore: new Date(now - DAY_MS), notAfter: new Date(now + 365 * DAY_MS) };
}

/** Positive, as a serial number must be. */
function serialNumber(random: Buffer): string {
  return `4${random.toString("hex").slice(1)}`;
}

function pem(pkcs8: ArrayBuffer): string {
  const lines =
    Buffer.from(pkcs8)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return ["-----BEGIN PRIVATE KEY-----", ...lines, "-----END PRIVATE KEY-----", ""].join("\n");
}
