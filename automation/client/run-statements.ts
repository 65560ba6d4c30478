import type { Client, QueryArrayResult } from "pg";
import { translateStatementError } from "../door/database-errors";
import type { StatementResult } from "./statement-result";

/** PostgreSQL's own text for every type: nothing is rounded, no date is moved to another zone. */
const AS_TEXT = { getTypeParser: () => (text: string | Buffer) => String(text) };

/**
 * Runs SQL as it was written, several statements allowed (the simple query protocol: they are one transaction unless the text
 * says otherwise), and answers each statement's result in order.
 *
 * Errors: DB_STATEMENT_FAILED with SQLSTATE, DB_UNREACHABLE.
 */
export async function runStatements(client: Pick<Client, "query">, sql: string): Promise<StatementResult[]> {
  try {
    const answer: unknown = await client.query({ text: sql, rowMode: "array", types: AS_TEXT });
    const results = (Array.isArray(answer) ? answer : [answer]) as QueryArrayResult<(string | null)[]>[];
    // pg answers an empty query (a comment, a lone semicolon) without a command.
    return results.filter((result) => Boolean(result.command)).map(statementResult);
  } catch (thrown) {
    throw translateStatementError(thrown);
  }
}

function statementResult(result: QueryArrayResult<(string | null)[]>): StatementResult {
  return {
    command: result.command,
    rowCount: result.rowCount,
    columns: result.fields.map((field) => ({ name: field.name, oid: field.dataTypeID })),
    rows: result.rows,
  };
}
