import path from "node:path";
import { z } from "zod";
import { readPrivateFile, writePrivateFile } from "../auth/private-file";

const schema = z.record(z.string(), z.string());

/** Which role was last used in an environment (`<estate>/<env>`); a file that is none of ours counts as empty. */
export function lastRole(home: string, environment: string): string | undefined {
  return read(home)[environment];
}

/** Remembers the role for the next time. `suffix` is random. */
export function rememberRole(home: string, environment: string, role: string, suffix: string): void {
  const known = read(home);
  if (known[environment] === role) return;
  writePrivateFile(file(home), `${JSON.stringify({ ...known, [environment]: role }, undefined, 2)}\n`, suffix);
}

function file(home: string): string {
  return path.join(home, "last-role.json");
}

function read(home: string): Record<string, string> {
  try {
    return schema.safeParse(JSON.parse(readPrivateFile(file(home))?.text ?? "{}")).data ?? {};
  } catch {
    return {};
  }
}
