import { existsSync } from "node:fs";
import path from "node:path";
import type { ProgramName, StackRequest } from "./stack-request";

/** An inline program: what `infra/` exports for the runner. */
export type Program = () => Promise<Record<string, unknown>>;

/** What loading a program needs of this process: `require`, and a way to make it read TypeScript. */
export interface ProgramLoader {
  require(file: string): unknown;
  exists(file: string): boolean;
  registerTypeScript(): void;
  /** The copy that this code was built with, or of this checkout. */
  ownProgram(name: ProgramName): Program;
}

/** Where a program lies below `infra/`, and what it is exported as. */
const PLACES: Readonly<Record<ProgramName, { readonly module: string; readonly name: string }>> = {
  platform: { module: "platform-program", name: "platformProgram" },
  database: { module: path.join("sql", "program"), name: "databaseProgram" },
};

/**
 * The program of a request: the copy in this bundle (or, from sources, in this checkout), or that of another folder, e.g. of a
 * changed copy of `infra/`.
 */
export function loadProgram(
  request: Pick<StackRequest, "program" | "programFolder">,
  loader: ProgramLoader = nodeLoader,
): Program {
  if (request.programFolder === undefined) return loader.ownProgram(request.program);
  const { module, name } = PLACES[request.program];
  const file = path.join(path.resolve(request.programFolder), "infra", module);
  // A compiled program needs no compiler, which would also map every stack trace: the SDK takes one for each of its promises.
  if (!loader.exists(`${file}.js`)) loader.registerTypeScript();
  const program = (loader.require(file) as Readonly<Record<string, unknown>>)[name];
  if (typeof program !== "function") throw new Error(`${file} exports no ${name}`);
  return program as Program;
}

type PlatformModule = typeof import("../../../infra/platform-program");
type DatabaseModule = typeof import("../../../infra/sql/program");

const nodeLoader: ProgramLoader = {
  require: (file) => require(file) as unknown,
  exists: existsSync,
  // Literal paths, so that the bundle holds them.
  ownProgram: (name) =>
    name === "platform"
      ? (require("../../../infra/platform-program") as PlatformModule).platformProgram
      : (require("../../../infra/sql/program") as DatabaseModule).databaseProgram,
  registerTypeScript: () => {
    // Sources run on ts-node already; registering twice would compile everything twice.
    if (require.extensions[".ts"] && Symbol.for("ts-node.register.instance") in process) return;
    const tsNode = require("ts-node") as { register(options: Record<string, unknown>): void };
    const compilerOptions = {
      module: "nodenext",
      moduleResolution: "nodenext",
      target: "es2023",
      esModuleInterop: true,
    };
    tsNode.register({ transpileOnly: true, skipProject: true, compilerOptions });
  },
};
