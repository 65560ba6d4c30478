import path from "node:path";
import type { StackRequest } from "./stack-request";

/** An inline program: what `infra/` exports for the runner. */
export type Program = () => Promise<Record<string, unknown>>;

/** What loading a program needs of this process: `require`, and a way to make it read TypeScript. */
export interface ProgramLoader {
  require(file: string): unknown;
  registerTypeScript(): void;
  /** The copy that this code was built with, or of this checkout. */
  ownProgram(): Program;
}

/**
 * The program of a request: the copy in this bundle (or, from sources, in this checkout), or `infra/platform-program` of another
 * folder, e.g. a changed copy of `infra/`.
 */
export function loadProgram(request: Pick<StackRequest, "programFolder">, loader: ProgramLoader = nodeLoader): Program {
  if (request.programFolder === undefined) {
    return loader.ownProgram();
  }
  loader.registerTypeScript();
  const file = path.join(path.resolve(request.programFolder), "infra", "platform-program");
  const { platformProgram } = loader.require(file) as { readonly platformProgram?: Program };
  if (typeof platformProgram !== "function") throw new Error(`${file} exports no platformProgram`);
  return platformProgram;
}

type PlatformModule = typeof import("../../../infra/platform-program");

const nodeLoader: ProgramLoader = {
  require: (file) => require(file) as unknown,
  // A literal path, so that the bundle holds it.
  ownProgram: () => (require("../../../infra/platform-program") as PlatformModule).platformProgram,
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
