import { terminalText } from "../core/terminal-text";

/**
 * A socket's error as text: several addresses that all failed have one error each and none of their own; what Node advises its own
 * users is left out.
 *
 * @example socketErrorText(new AggregateError([new Error("connect ECONNREFUSED ::1:1")], "")) // "connect ECONNREFUSED ::1:1"
 */
export function socketErrorText(error: Error): string {
  const inner: unknown = error instanceof AggregateError ? error.errors[0] : undefined;
  const text = error.message === "" && inner instanceof Error ? inner.message : error.message;
  return terminalText(text).replace(/; if the root CA is installed locally.*$/, "");
}
