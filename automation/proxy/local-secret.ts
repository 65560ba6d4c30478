/** Bytes of a local secret: 256 bits. */
const SECRET_BYTES = 32;

/**
 * Makes a local secret: 43 characters of base64url, so that it needs no quoting anywhere and SASLprep leaves it as it is. Whoever
 * calls this keeps it.
 *
 * @param randomBytes cryptographically strong
 */
export function makeLocalSecret(randomBytes: (size: number) => Buffer): string {
  return randomBytes(SECRET_BYTES).toString("base64url");
}
