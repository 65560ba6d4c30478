const LONGEST_NAME = 63;

/**
 * A quoted identifier: the only way a name gets into a statement.
 *
 * @throws RangeError for what PostgreSQL would refuse or silently cut: empty, NUL, over 63 bytes
 * @example identifier('jane"x') // '"jane""x"'
 */
export function identifier(name: string): string {
  if (name === "" || name.includes("\0")) throw new RangeError(`not a PostgreSQL name: ${JSON.stringify(name)}`);
  if (Buffer.byteLength(name, "utf8") > LONGEST_NAME)
    throw new RangeError(`a PostgreSQL name has at most ${LONGEST_NAME} bytes: ${JSON.stringify(name)}`);
  return `"${name.replaceAll('"', '""')}"`;
}

/** Several identifiers, separated by commas. */
export function identifiers(names: readonly string[]): string {
  return names.map(identifier).join(", ");
}

/**
 * A quoted text for statements that take no parameters (COMMENT, CREATE ROLE). Means the same under either setting of
 * `standard_conforming_strings`.
 *
 * @example literal("it's") // "'it''s'"
 */
export function literal(text: string): string {
  if (text.includes("\0")) throw new RangeError("a PostgreSQL text holds no NUL");
  const doubled = text.replaceAll("'", "''");
  return text.includes("\\") ? `E'${doubled.replaceAll("\\", "\\\\")}'` : `'${doubled}'`;
}
