/** What the runner's own SQL needs of a connection; `pg.Client` is one. */
export interface SqlClient {
  query(text: string, values?: unknown[]): Promise<{ readonly rows: readonly Record<string, unknown>[] }>;
  end(): Promise<void>;
}

/** Opens a connection to a database of the cluster, as one login. */
export type ConnectDatabase = (database: string) => Promise<SqlClient>;

/** SQLSTATE of a database's error; undefined for anything else. */
export function sqlStateOf(error: unknown): string | undefined {
  const code: unknown = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  return typeof code === "string" && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
}

/** Runs a connection's work and closes it, whatever happens. */
export async function withDatabase<T>(
  connect: ConnectDatabase,
  database: string,
  work: (client: SqlClient) => Promise<T>,
): Promise<T> {
  const client = await connect(database);
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Runs statements in one transaction; nothing at all for none. */
export async function inTransaction(client: SqlClient, statements: readonly string[]): Promise<void> {
  if (statements.length === 0) return;
  await client.query("BEGIN");
  try {
    for (const statement of statements) await client.query(statement);
    await client.query("COMMIT");
  } catch (error) {
    // The first error is the one to tell; the connection may be gone.
    await client.query("ROLLBACK").catch(() => undefined);
    throw error;
  }
}
