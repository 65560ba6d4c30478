import { cpSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { transformSync } from "esbuild";
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
  const folder = programFolder(project);
  cpSync(path.join(ROOT, "infra"), path.join(folder, "infra"), { recursive: true });
  for (const patch of patches) {
    const file = path.join(folder, patch.file);
    writeFileSync(file, patched(readFileSync(file, "utf8"), patch));
  }
  return folder;
}

/** The same, compiled: a second and a half less for whoever loads it. */
export function compiledMutation(project: string, patches: readonly Patch[]): string {
  const folder = programFolder(project);
  const infra = compiledInfra();
  const changed = new Map(patches.map(({ file }) => [file, readFileSync(path.join(ROOT, file), "utf8")]));
  for (const patch of patches) changed.set(patch.file, patched(changed.get(patch.file) ?? "", patch));
  for (const [file, compiled] of infra) {
    const target = path.join(folder, file.replace(/\.ts$/, ".js"));
    mkdirSync(path.dirname(target), { recursive: true });
    const text = changed.get(file);
    writeFileSync(target, text === undefined ? compiled : compile(text));
  }
  return folder;
}

/** A folder in which a program finds its packages. */
function programFolder(project: string): string {
  const folder = path.join(project, "mutated");
  mkdirSync(folder, { recursive: true });
  for (const file of ["package.json", "tsconfig.json"]) cpSync(path.join(ROOT, file), path.join(folder, file));
  symlinkSync(path.join(ROOT, "node_modules"), path.join(folder, "node_modules"));
  return folder;
}

let compiledOnce: ReadonlyMap<string, string> | undefined;

/** `infra/` as JavaScript, by path from the root. */
function compiledInfra(): ReadonlyMap<string, string> {
  compiledOnce ??= new Map(
    readdirSync(path.join(ROOT, "infra"), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => path.join("infra", file))
      .map((file) => [file, compile(readFileSync(path.join(ROOT, file), "utf8"))]),
  );
  return compiledOnce;
}

const compile = (text: string): string =>
  transformSync(text, { loader: "ts", format: "cjs", platform: "node", target: "node22" }).code;
