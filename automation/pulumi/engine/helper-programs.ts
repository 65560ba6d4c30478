import { readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";

/** Programs that lie beside a self-built `pulumi`, and our sources of them. The official distribution brings its own. */
const HELPERS: readonly { readonly program: string; readonly source: string }[] = [
  { program: "pulumi-language-nodejs", source: "language-host.cjs" },
  { program: "pulumi-analyzer-policy", source: "analyzer.cjs" },
];

/** First line of each of our helpers: Node from PATH, and the mark by which an official one is told apart. */
export const HELPER_MARK = "#!/usr/bin/env node\n// sallyport helper of a self-built Pulumi engine\n";

/**
 * Puts our two helper programs beside `pulumi` where none lie or where ours are of another version; official ones are left alone.
 * They are whole copies that find `@pulumi/pulumi` from the program's folder at run time, so they work from a cache that several
 * clones share and outlive each of them.
 */
export async function placeHelpers(binFolder: string, assetsFolder: string): Promise<void> {
  for (const { program, source } of HELPERS) {
    const file = path.join(binFolder, program);
    const wanted = HELPER_MARK + (await readFile(path.join(assetsFolder, source), "utf8"));
    const there = await readIfThere(file);
    if (there === wanted || (there !== undefined && !there.startsWith(HELPER_MARK))) continue;
    const fresh = `${file}.${process.pid}`;
    await writeFile(fresh, wanted, { mode: 0o755 });
    await rename(fresh, file);
  }
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch {
    return undefined;
  }
}
