import { Socket } from "node:net";
import { Client } from "pg";
import { connectFailure, pqText } from "./failures";
import type { Settings } from "./settings";

/** One connection, for one transaction or one read: the provider keeps none. */
export interface Session {
  query(sql: string, values?: readonly unknown[]): Promise<readonly Readonly<Record<string, unknown>>[]>;
}

/** A statement, and what the provider says before PostgreSQL's words if it fails. */
export interface Statement {
  readonly sql: string;
  readonly failure: string;
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
  const { host, port, user, password, connectTimeoutMs, unknown } = settings;
  if (unknown.length > 0) throw new Error(`the provider's ${unknown.join(", ")} is not known yet`);
  const socket = new Socket();
  let local = "";
  socket.once("connect", () => (local = `${socket.localAddress ?? ""}:${socket.localPort ?? 0}`));
  const client = new Client({
    host,
    port,
    user,
    password,
    database,
    ssl: false,
    connectionTimeoutMillis: connectTimeoutMs,
    fallback_application_name: "Terraform provider",
    stream: () => socket,
  });
  client.on("error", () => undefined);
  try {
    await client.connect();
  } catch (error) {
    await client.end().catch(() => undefined);
    const why = connectFailure(error, `${host}:${port}`, local);
    const hidden = password === "" ? why : why.replaceAll(password, "XXXX");
    throw new Error(`error connecting to PostgreSQL server ${host} (scheme: postgres): ${hidden}`, { cause: error });
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

/** Runs statements, one after the other. */
export async function runAll(session: Session, statements: readonly Statement[]): Promise<void> {
  for (const { failure, sql } of statements) await run(session, failure, sql);
}
