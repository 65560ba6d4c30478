import { causeChain, type SallyportError } from "./errors";
import { terminalText } from "./terminal-text";

/**
 * An error as a person reads it: what failed · likely cause · next command and code. Details and stack only with `debug`,
 * the stack only for bugs.
 *
 * @example
 * ✗ Your sign-in ended 3 min ago.
 *   Next: sallyport login                  AUTH_SIGN_IN_EXPIRED
 */
export function errorText(error: SallyportError, style: { readonly ascii: boolean; readonly debug: boolean }): string {
  const lines = error.message.split("\n").map(terminalText);
  const out = [`${style.ascii ? "x" : "✗"} ${lines[0] ?? ""}`, ...lines.slice(1).map((line) => `  ${line}`)];
  if (error.likely) out.push(`  ${terminalText(error.likely)}`);
  out.push(`  Next: ${terminalText(error.next)}`.padEnd(40) + ` ${error.code}`);
  if (style.debug || error.fault === "bug") {
    for (const line of causeChain(error)) out.push(`  cause: ${terminalText(line)}`);
  }
  if (error.fault === "bug" && error.cause instanceof Error) out.push(error.cause.stack ?? "");
  return `${out.join("\n")}\n`;
}
