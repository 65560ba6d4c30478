import { createHash } from "node:crypto";

/**
 * The SHA-256 of a document's content in hexadecimal, as `ssm:DescribeDocument` reports it (`Hash`, `HashType: Sha256`).
 *
 * @example documentHash("") // "e3b0c442…b855"
 */
export function documentHash(content: string): string {
  return createHash("sha256").update(content, "utf8").digest("hex");
}
