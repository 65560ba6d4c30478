import { Client, DatabaseError } from "pg";
import type { Settings } from "./settings";

/** One connection, for one transaction or one read: the provider keeps none. */
export interface Session {
  query(sql: string, values?: readonly unknown[]): Promise<readonly Readonly<Record<string, unknown>>[]>;
}

/**
 * Opens a connection to a database, runs work on it and closes it.
 *
 * @throws Error `error connecting to PostgreSQL server <host> (scheme: postgres): …`
 */
export async function withSession<T>(
  settings: Settings,
  database: string,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const { host, port, user, password, connectTimeoutMs } = settings;
  const client = new Client({
    host,
    port,
    user,
    password,
    database,
    ssl: false,
    connectionTimeoutMillis: connectTimeoutMs,
    fallback_application_name: "Terraform provider",
  });
  client.on("error", () => undefined);
  try {
    await client.connect();
  } catch (error) {
    await client.end().catch(() => undefined);
    const why = connectFailure(error, host, port);
    throw new Error(`error connecting to PostgreSQL server ${host} (scheme: postgres): ${why}`, { cause: error });
  }
  try {
    return await work({
      query: async (sql, values) =>
        (await client.query<Record<string, unknown>>(sql, values ? [...values] : undefined)).rows,
    });
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Work in one transaction of its own connection; a failure leaves nothing behind. */
export function inTransaction<T>(
  settings: Settings,
  database: string,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  return withSession(settings, database, async (session) => {
    await session.query("BEGIN READ WRITE");
    try {
      const result = await work(session);
      await session.query("COMMIT");
      return result;
    } catch (error) {
      // The first error is the one to tell; the connection may be gone.
      await session.query("ROLLBACK").catch(() => undefined);
      throw error;
    }
  });
}

/** Runs a statement; its failure is told as the provider does: `<what>: pq: <PostgreSQL's words>`. */
export async function run(session: Session, what: string, sql: string, values?: readonly unknown[]): Promise<void> {
  try {
    await session.query(sql, values);
  } catch (error) {
    throw new Error(`${what}: ${pqText(error)}`, { cause: error });
  }
}

/** PostgreSQL's words as the provider's driver gives them. */
export function pqText(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return error instanceof DatabaseError ? `pq: ${text}` : text;
}

function connectFailure(error: unknown, host: string, port: number): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ECONNREFUSED") return `dial tcp ${host}:${port}: connect: connection refused`;
  if (error instanceof Error && /timeout/i.test(error.message)) return `dial tcp ${host}:${port}: i/o timeout`;
  return pqText(error);
}
