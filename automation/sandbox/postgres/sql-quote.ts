/** A quoted identifier. */
export function quoteName(name: string): string {
  if (name === "" || name.includes("\0")) throw new RangeError("a PostgreSQL name is neither empty nor holds NUL");
  return `"${name.replaceAll('"', '""')}"`;
}

/**
 * A quoted text, the same under either setting of standard_conforming_strings.
 *
 * @example quoteText("it's") // 'it''s'
 */
export function quoteText(text: string): string {
  if (text.includes("\0")) throw new RangeError("a PostgreSQL text holds no NUL");
  const quoted = `'${text.replaceAll("'", "''").replaceAll("\\", "\\\\")}'`;
  return text.includes("\\") ? ` E${quoted}` : quoted;
}
