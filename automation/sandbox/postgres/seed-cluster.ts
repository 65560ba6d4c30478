import { Client } from "pg";
import type { RunningPostgres } from "./server";
import { ADMIN_DATABASE, ADMIN_DATABASE_SQL, initialDatabase, rdsRoles, SEEDED_ROW, type Master } from "./rds-roles";
import { SUPERUSER } from "./settings";

/** Settings of a connection as the hidden superuser over the trusted socket. */
export function superuserConnection(
  server: Pick<RunningPostgres, "socketFolder" | "port">,
  database: string,
): { host: string; port: number; user: string; database: string; ssl: false } {
  // Said outright: the machine may have a PGSSLMODE of its own.
  return { host: server.socketFolder, port: server.port, user: SUPERUSER, database, ssl: false };
}

/**
 * Makes RDS's roles, the master and the cluster's first database.
 *
 * @returns `oid` of the seeded membership row that the endpoint leaves out
 */
export async function seedCluster(
  server: Pick<RunningPostgres, "socketFolder" | "port">,
  master: Master,
  database: string | undefined,
): Promise<string> {
  const client = new Client(superuserConnection(server, "template1"));
  await client.connect();
  try {
    // The master's password is in one of these; messages quote statements only in the server's log of errors.
    await client.query("SET log_min_error_statement = panic");
    for (const statement of rdsRoles(master)) await client.query(statement);
    for (const statement of ADMIN_DATABASE_SQL) await client.query(statement);
    if (database !== undefined && database !== "postgres" && database !== ADMIN_DATABASE)
      await client.query(initialDatabase(database, master.username));
    const { rows } = await client.query<{ oid: string }>(SEEDED_ROW, [master.username]);
    return rows[0]?.oid ?? "0";
  } finally {
    await client.end();
  }
}
