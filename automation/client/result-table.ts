import { terminalText } from "../core/terminal-text";
import { isNumeric, type StatementResult } from "./statement-result";
import { padText, textWidth } from "./text-width";

/** How NULL is shown; a text of these letters is shown in quotes. */
const NULL = "NULL";
const GAP = "  ";

/**
 * A result for people: an aligned table and its number of rows, or the command and what it changed. Values come from outside, so
 * control characters are removed and line breaks become spaces.
 *
 * @example
 * // id  name
 * //  1  NULL
 * // (1 row)
 */
export function resultTable(result: StatementResult): string {
  if (result.columns.length === 0)
    return `${[result.command, result.rowCount].filter((part) => part !== null).join(" ")}\n`;
  const header = result.columns.map((column) => terminalText(column.name));
  const rows = result.rows.map((row) => row.map(cell));
  const widths = header.map((name, at) =>
    rows.reduce((width, row) => Math.max(width, textWidth(row[at] ?? "")), textWidth(name)),
  );
  const sides = result.columns.map((column) => (isNumeric(column.oid) ? "right" : "left"));
  const line = (cells: readonly string[]): string =>
    cells
      .map((text, at) => padText(text, widths[at] ?? 0, sides[at] ?? "left"))
      .join(GAP)
      .trimEnd();
  const count = rows.length === 1 ? "(1 row)" : `(${rows.length} rows)`;
  return `${[line(header), ...rows.map(line), count].join("\n")}\n`;
}

function cell(value: string | null): string {
  if (value === null) return NULL;
  return value === NULL ? `"${NULL}"` : terminalText(value);
}
