import path from "node:path";
import { SallyportError } from "../core/errors";
import { terminalText } from "../core/terminal-text";
import { runProgram } from "../pulumi/engine/run-program";

/** What an export needs. */
export interface ExportOptions {
  /** Absolute path of `pulumi`. */
  readonly command: string;
  readonly stack: string;
  /** A folder with the stack's `Pulumi.yaml`. */
  readonly cwd: string;
  /** The engine's whole environment. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

/**
 * A stack's state as text, with its secrets encrypted (`pulumi stack export`). Nothing is locked and nothing is decrypted.
 *
 * @throws SallyportError ENGINE_FAILED with the engine's words, e.g. that there is no such stack
 */
export async function exportState({ command, stack, cwd, env, signal }: ExportOptions): Promise<string> {
  const own = {
    PATH: [path.dirname(command), env.PATH ?? ""].join(path.delimiter),
    PULUMI_SKIP_UPDATE_CHECK: "true",
  };
  // One word: a name that begins with a dash is no option.
  const args = ["stack", "export", `--stack=${stack}`, "--non-interactive"];
  const { code, stdout, output } = await runProgram(command, args, { cwd, env: { ...env, ...own }, signal });
  if (code === 0) return stdout;
  // What came on stdout may be a part of the state.
  const said = stdout === "" ? terminalText(output.trim()).slice(-2000) : `exit code ${code}`;
  throw new SallyportError("ENGINE_FAILED", {
    message: `export of ${terminalText(stack)} failed: ${said}`,
    next: "run it in the folder of the stack's Pulumi.yaml, with the backend that holds it (pulumi stack ls)",
    values: { stack, operation: "export" },
  });
}
