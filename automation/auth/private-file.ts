import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";

/**
 * Writes a file that only its owner may read: 0600 in a 0700 folder, by rename, so that a reader sees the old or the new one.
 * `suffix` makes the temporary name unique (random, from the caller).
 */
export function writePrivateFile(file: string, text: string, suffix: string): void {
  const folder = path.dirname(file);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // An existing folder keeps its mode through mkdir.
  chmodSync(folder, 0o700);
  const temporary = `${file}.${suffix}`;
  try {
    writeFileSync(temporary, text, { mode: 0o600, flag: "wx" });
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** The file's text; undefined if there is none. `open` is true if others may read or write it (never on Windows). */
export function readPrivateFile(file: string): { readonly text: string; readonly open: boolean } | undefined {
  try {
    const open = process.platform !== "win32" && (statSync(file).mode & 0o077) !== 0;
    return { text: readFileSync(file, "utf8"), open };
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR"))
      return undefined;
    throw error;
  }
}

/** Removes a file; true if it was there. */
export function removeFile(file: string): boolean {
  const there = readPrivateFile(file) !== undefined;
  rmSync(file, { force: true });
  return there;
}
