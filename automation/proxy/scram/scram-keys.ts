import { createHash, createHmac, pbkdf2Sync } from "node:crypto";

/** What a SCRAM server keeps of a secret (RFC 5802, section 3). */
export interface ScramKeys {
  readonly salt: Buffer;
  readonly iterations: number;
  readonly storedKey: Buffer;
  readonly serverKey: Buffer;
}

/** PostgreSQL's own count (scram_iterations), and the least that RFC 7677 allows. */
export const SCRAM_ITERATIONS = 4096;

/**
 * Derives the keys of a secret for SCRAM-SHA-256 (RFC 7677). The secret is ASCII, so that SASLprep leaves it as it is.
 *
 * @param salt 16 random bytes
 */
export function scramKeys(secret: string, salt: Buffer, iterations = SCRAM_ITERATIONS): ScramKeys {
  const salted = pbkdf2Sync(secret, salt, iterations, 32, "sha256");
  return {
    salt,
    iterations,
    storedKey: sha256(hmac(salted, "Client Key")),
    serverKey: hmac(salted, "Server Key"),
  };
}

/** HMAC-SHA-256. */
export function hmac(key: Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}

/** SHA-256. */
export function sha256(bytes: Buffer): Buffer {
  return createHash("sha256").update(bytes).digest();
}
