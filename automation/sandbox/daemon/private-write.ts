import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";

/** Writes a file of mode 0600 by rename: a reader sees the old text or the new one, never a part. */
export function writeByRename(file: string, text: string): void {
  const fresh = `${file}.new`;
  rmSync(fresh, { force: true });
  writeFileSync(fresh, text, { mode: 0o600, flag: "wx" });
  renameSync(fresh, file);
}

/** The file's text; `undefined` if there is none. */
export function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
