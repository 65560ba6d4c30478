import { quoteName, quoteText } from "./sql-quote";

/** The master user of a new cluster. */
export interface Master {
  readonly username: string;
  readonly password: string;
}

/** Database that only the hidden superuser enters, as on RDS; the endpoint's own queries run in it. */
export const ADMIN_DATABASE = "rdsadmin";

/**
 * Makes a bare PostgreSQL look like RDS's from within: roles `rds_superuser`, `rds_iam`, `rds_password`, `rds_replication`; a
 * master that is no superuser (RDS user guide, "Master user account privileges"); database `postgres` owned by the master.
 *
 * One row is a stand-in: on RDS a member of rds_superuser may grant `rds_iam` by RDS's own right. PostgreSQL ≥ 16 knows no such
 * right, so the master gets ADMIN on it; `SEEDED_ROW` finds that row again, because the endpoint must not count it.
 */
export function rdsRoles(master: Master): string[] {
  const user = quoteName(master.username);
  const predefined = [
    "pg_monitor",
    "pg_signal_backend",
    "pg_checkpoint",
    "pg_use_reserved_connections",
    "pg_create_subscription",
    "rds_password",
    "rds_replication",
  ];
  return [
    ...["rds_superuser", "rds_iam", "rds_password", "rds_replication"].map((role) => `CREATE ROLE ${role} NOLOGIN`),
    ...predefined.map((role) => `GRANT ${role} TO rds_superuser WITH ADMIN TRUE`),
    `CREATE ROLE ${user} LOGIN NOSUPERUSER CREATEROLE CREATEDB NOREPLICATION NOBYPASSRLS VALID UNTIL 'infinity' PASSWORD ${quoteText(master.password)}`,
    `GRANT rds_superuser TO ${user}`,
    `GRANT rds_iam TO ${user} WITH ADMIN TRUE, INHERIT FALSE, SET FALSE`,
    `ALTER DATABASE postgres OWNER TO ${user}`,
    `ALTER DATABASE template1 OWNER TO ${user}`,
  ];
}

/** The database that CreateDBCluster's DatabaseName asks for, owned by the master. */
export function initialDatabase(name: string, master: string): string {
  return `CREATE DATABASE ${quoteName(name)} OWNER ${quoteName(master)}`;
}

/** Statements that make the superuser's own database; each outside a transaction. */
export const ADMIN_DATABASE_SQL: readonly string[] = [
  `CREATE DATABASE ${ADMIN_DATABASE}`,
  `REVOKE ALL ON DATABASE ${ADMIN_DATABASE} FROM PUBLIC`,
];

/** Finds the seeded row (`oid`) by member ($1): granted by the bootstrap superuser, of rds_iam itself. */
export const SEEDED_ROW =
  "SELECT m.oid::text AS oid FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid JOIN pg_roles u ON u.oid = m.member " +
  "WHERE g.rolname = 'rds_iam' AND u.rolname = $1 AND m.grantor = 10";
