/** A column of a result; `oid` is PostgreSQL's number of its type. */
export interface Column {
  readonly name: string;
  readonly oid: number;
}

/** What one statement answered. Values are PostgreSQL's own text, exactly; null is NULL. */
export interface StatementResult {
  /** First word of the command tag, e.g. `SELECT`. */
  readonly command: string;
  /** Rows returned or changed; null where the command counts none. */
  readonly rowCount: number | null;
  /** Empty for statements that return no table. */
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly (string | null)[])[];
}

/** int8, int2, int4, oid, float4, float8, money, numeric: aligned to the right (pg_type.dat of PostgreSQL). */
const NUMERIC = new Set([20, 21, 23, 26, 700, 701, 790, 1700]);

/** True for types that people read from the right. */
export function isNumeric(oid: number): boolean {
  return NUMERIC.has(oid);
}
