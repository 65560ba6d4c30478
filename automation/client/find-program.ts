import { accessSync, constants, statSync } from "node:fs";
import path from "node:path";

/** A program that can be started, or why not: as a shell tells the two apart by 127 and 126. */
export type FoundProgram =
  | { readonly kind: "found"; readonly file: string }
  | { readonly kind: "missing" }
  | { readonly kind: "notExecutable"; readonly file: string };

/**
 * Looks a command up as execvp does: a name with a separator is a path, any other is looked for along PATH (POSIX, "Shell Command
 * Search and Execution"). On Windows, where endings decide, everything counts as found and starting it tells.
 *
 * @example findProgram("psql", {path: "/usr/bin", cwd: "/", platform: "linux"}) // {kind: "found", file: "/usr/bin/psql"}
 */
export function findProgram(
  command: string,
  at: { readonly path: string | undefined; readonly cwd: string; readonly platform: NodeJS.Platform },
): FoundProgram {
  if (at.platform === "win32") return { kind: "found", file: command };
  const folders = command.includes("/") ? [""] : (at.path ?? "").split(":").map((folder) => folder || ".");
  let seen: string | undefined;
  for (const folder of folders) {
    const file = path.resolve(at.cwd, folder, command);
    const state = look(file);
    if (state === "executable") return { kind: "found", file };
    if (state === "there") seen ??= file;
  }
  return seen === undefined ? { kind: "missing" } : { kind: "notExecutable", file: seen };
}

function look(file: string): "executable" | "there" | "none" {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found) return "none";
  try {
    accessSync(file, constants.X_OK);
  } catch {
    return "there";
  }
  return found.isFile() ? "executable" : "there";
}
