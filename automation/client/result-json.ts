import type { StatementResult } from "./statement-result";

/** Numbers of pg_type.dat whose text JSON can hold without loss. */
const BOOL = 16;
const INTEGERS = new Set([21, 23, 26]);
const FLOATS = new Set([700, 701]);
const JSON_TYPES = new Set([114, 3802]);

/** One statement's answer in JSON: rows are lists, because a result may have two columns of one name. */
export interface JsonResult {
  readonly command: string;
  readonly rowCount: number | null;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}

/**
 * A result for machines. Booleans, small integers, finite floats and JSON become values; everything else (bigint, numeric, dates)
 * stays PostgreSQL's text, because a JSON number would lose digits.
 */
export function resultJson(result: StatementResult): JsonResult {
  return {
    command: result.command,
    rowCount: result.rowCount,
    columns: result.columns.map((column) => column.name),
    rows: result.rows.map((row) => row.map((text, at) => jsonValue(text, result.columns[at]?.oid ?? 0))),
  };
}

function jsonValue(text: string | null, oid: number): unknown {
  if (text === null) return null;
  if (oid === BOOL) return text === "t";
  if (INTEGERS.has(oid)) return Number(text);
  if (FLOATS.has(oid)) return Number.isFinite(Number(text)) ? Number(text) : text;
  if (!JSON_TYPES.has(oid)) return text;
  const value: unknown = JSON.parse(text);
  return value;
}
