import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ROOT } from "./source-files";

/** A text that must stand exactly once, and what takes its place. */
interface Patch {
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/** The patched text; a patch that matches nowhere or twice is an error of the test, never a silent pass. */
export function patched(text: string, patch: Patch): string {
  const count = text.split(patch.find).length - 1;
  if (count !== 1) throw new Error(`the patch of ${patch.file} matches ${count} times, not once: ${patch.find}`);
  return text.replace(patch.find, () => patch.replace);
}

/** Copies `infra/` into a project's folder and applies the patches; the folder is then given to `up --program`. */
export function mutatedInfra(project: string, patches: readonly Patch[]): string {
  const folder = path.join(project, "mutated");
  mkdirSync(folder, { recursive: true });
  cpSync(path.join(ROOT, "infra"), path.join(folder, "infra"), { recursive: true });
  for (const file of ["package.json", "tsconfig.json"]) cpSync(path.join(ROOT, file), path.join(folder, file));
  symlinkSync(path.join(ROOT, "node_modules"), path.join(folder, "node_modules"));
  for (const patch of patches) {
    const file = path.join(folder, patch.file);
    writeFileSync(file, patched(readFileSync(file, "utf8"), patch));
  }
  return folder;
}
