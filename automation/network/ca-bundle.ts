import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { SallyportError } from "../core/errors";

const CERTIFICATE = /-----BEGIN (?:TRUSTED )?CERTIFICATE-----[\s\S]+?-----END (?:TRUSTED )?CERTIFICATE-----/g;

/**
 * The authorities of AWS_CA_BUNDLE: a PEM file, relative to `cwd`. As in the AWS CLI they replace the system's (and what
 * NODE_EXTRA_CA_CERTS adds to those). Each certificate is read here once: TLS would silently ignore what it cannot read.
 *
 * @throws SallyportError NETWORK_SETTINGS_INVALID naming the file
 */
export function readCaBundle(file: string, cwd: string): string[] {
  const absolute = path.resolve(cwd, file);
  let text: string;
  try {
    text = readFileSync(absolute, "utf8");
  } catch (cause) {
    throw unusable(`${absolute} cannot be read (${(cause as NodeJS.ErrnoException).code})`, cause);
  }
  const found = text.match(CERTIFICATE) ?? [];
  if (found.length === 0) throw unusable(`${absolute} holds no certificate`);
  for (const [index, pem] of found.entries()) {
    try {
      new X509Certificate(pem);
    } catch (cause) {
      throw unusable(`certificate ${index + 1} of ${absolute} is damaged`, cause);
    }
  }
  return found;
}

function unusable(what: string, cause?: unknown): SallyportError {
  return new SallyportError("NETWORK_SETTINGS_INVALID", {
    message: `AWS_CA_BUNDLE: ${what}.`,
    next: "set AWS_CA_BUNDLE to a readable PEM file, or unset it",
    values: { variable: "AWS_CA_BUNDLE" },
    cause,
  });
}
