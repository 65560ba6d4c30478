import { renameSync, writeFileSync } from "node:fs";
import path from "node:path";

/** Writes the authority's certificate as a bundle (PEM, 0600), by rename, and answers its path. */
export function writeCaBundle(folder: string, caPem: string): string {
  const file = path.join(folder, "ca-bundle.pem");
  writeFileSync(`${file}.new`, caPem, { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return file;
}
