import { existsSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";

/** The repository's root, from test/support. */
export const ROOT = path.join(__dirname, "..", "..");

/** Source files below the given top-level folders, as paths relative to the root with forward slashes. */
export function sourceFiles(folders: readonly string[], pattern = /\.ts$/): string[] {
  return folders
    .filter((folder) => existsSync(path.join(ROOT, folder)))
    .flatMap((folder) =>
      readdirSync(path.join(ROOT, folder), { recursive: true }).map((name) =>
        path.posix.join(folder, String(name).replaceAll("\\", "/")),
      ),
    )
    .filter((name) => pattern.test(name) && !name.includes("/dist/") && !name.includes("node_modules/"))
    .sort();
}

/** The text of a file of the repository. */
export function sourceText(file: string): string {
  return readFileSync(path.join(ROOT, file), "utf8");
}

/** Modules that a file imports or requires, as written. */
export function importsOf(text: string): string[] {
  const found: string[] = [];
  for (const match of text.matchAll(/(?:from|import|require\(|import\()\s*\(?["']([^"'\n]+)["']/g))
    if (match[1]) found.push(match[1]);
  return found;
}
