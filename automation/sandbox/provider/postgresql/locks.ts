import type { Session } from "./session";

/** Takes the advisory locks of a role and of its members: two changes of one role wait for each other. */
export async function lockRole(session: Session, role: string): Promise<void> {
  await session.query("SET statement_timeout = 0");
  await session.query("SELECT pg_advisory_xact_lock(oid::bigint) FROM pg_roles WHERE rolname = $1", [role]);
  await session.query(
    "SELECT pg_advisory_xact_lock(m.member::bigint) FROM pg_auth_members m JOIN pg_roles r ON m.roleid = r.oid WHERE r.rolname = $1",
    [role],
  );
}

/** Takes the advisory lock of a database. */
export async function lockDatabase(session: Session, database: string): Promise<void> {
  await session.query("SET statement_timeout = 0");
  await session.query("SELECT pg_advisory_xact_lock(oid::bigint) FROM pg_database WHERE datname = $1", [database]);
}
