import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import path from "node:path";

/**
 * The absolute path of a program found on PATH, or `undefined`. Folders in `except` are passed over: our own cache is looked at in
 * its turn, not through PATH.
 *
 * @example
 * await findOnPath("go", { PATH: "/usr/bin:/usr/local/go/bin" }) // "/usr/local/go/bin/go"
 */
export async function findOnPath(
  program: string,
  env: Readonly<Record<string, string | undefined>>,
  except: readonly string[] = [],
): Promise<string | undefined> {
  for (const folder of (env.PATH ?? "").split(path.delimiter)) {
    // An empty or relative entry means the current folder, which nobody should run programs from.
    if (!path.isAbsolute(folder) || except.includes(path.resolve(folder))) continue;
    const file = path.join(folder, program);
    if (await isExecutable(file)) return file;
  }
  return undefined;
}

/** Whether a path is a file that may be executed. */
export async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}
