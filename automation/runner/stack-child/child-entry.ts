import { existsSync } from "node:fs";
import path from "node:path";

/** How a stack child is started: Node's own arguments and the file. */
export interface ChildEntry {
  readonly execArgv: readonly string[];
  readonly file: string;
  /** What the start itself needs in the environment. */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * The entry that belongs to the running code: `stack-child.cjs` beside the bundle in `dist/`, or `main.ts` beside this file on
 * ts-node; all paths are absolute, because the child runs in another folder.
 */
export function childEntry(from: string = __dirname): ChildEntry {
  const bundled = path.join(from, "stack-child.cjs");
  if (existsSync(bundled)) return { execArgv: [], file: bundled };
  const execArgv = ["-r", require.resolve("ts-node/register/transpile-only")];
  // ts-node looks for tsconfig.json in the working folder, which is the user's project.
  const env = { TS_NODE_PROJECT: path.join(from, "..", "..", "..", "tsconfig.json") };
  return { execArgv, file: path.join(from, "main.ts"), env };
}
