import type { SqlClient } from "./sql-client";

/** A role as the cluster has it. */
export interface RoleFacts {
  readonly name: string;
  readonly login: boolean;
  readonly superuser: boolean;
  readonly createRole: boolean;
  readonly createDatabase: boolean;
  readonly replication: boolean;
  readonly bypassRls: boolean;
  readonly inherit: boolean;
  /** −1: no limit. */
  readonly connectionLimit: number;
  readonly comment: string | undefined;
}

/** Member in a role: what all its rows together give, whoever granted them. */
export interface Membership {
  readonly role: string;
  readonly member: string;
  readonly admin: boolean;
  readonly inherit: boolean;
  readonly set: boolean;
}

/** A database: its owner, and who may connect by a grant (`""` is PUBLIC). */
export interface DatabaseFacts {
  readonly name: string;
  readonly owner: string;
  readonly connect: readonly string[];
  /** Those who may pass CONNECT on. */
  readonly connectGrantable: readonly string[];
}

/** What the cluster's shared catalogs say. */
export interface Catalog {
  /** `server_version_num`, e.g. 160014. */
  readonly version: number;
  readonly roles: readonly RoleFacts[];
  readonly memberships: readonly Membership[];
  readonly databases: readonly DatabaseFacts[];
}

// name[] has no parser in every client: text[] has.
const ROLES = `SELECT rolname AS name, rolcanlogin AS login, rolsuper AS superuser, rolcreaterole AS "createRole", rolcreatedb AS "createDatabase",
  rolreplication AS replication, rolbypassrls AS "bypassRls", rolinherit AS inherit, rolconnlimit AS "connectionLimit",
  shobj_description(oid, 'pg_authid') AS comment FROM pg_roles ORDER BY 1`;
const MEMBERSHIPS = `SELECT g.rolname AS role, u.rolname AS member, bool_or(m.admin_option) AS admin, bool_or(m.inherit_option) AS inherit, bool_or(m.set_option) AS set
  FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid JOIN pg_roles u ON u.oid = m.member GROUP BY 1, 2 ORDER BY 1, 2`;
const DATABASES = `SELECT d.datname AS name, pg_get_userbyid(d.datdba) AS owner,
  ARRAY(SELECT COALESCE(r.rolname, '')::text FROM aclexplode(COALESCE(d.datacl, acldefault('d', d.datdba))) a LEFT JOIN pg_roles r ON r.oid = a.grantee
    WHERE a.privilege_type = 'CONNECT' ORDER BY 1) AS connect,
  ARRAY(SELECT COALESCE(r.rolname, '')::text FROM aclexplode(COALESCE(d.datacl, acldefault('d', d.datdba))) a LEFT JOIN pg_roles r ON r.oid = a.grantee
    WHERE a.privilege_type = 'CONNECT' AND a.is_grantable ORDER BY 1) AS "connectGrantable"
  FROM pg_database d WHERE NOT d.datistemplate ORDER BY 1`;

/** Reads the shared catalogs; any login may. PostgreSQL 16 or newer (earlier ones have other membership columns). */
export async function readCatalog(client: SqlClient): Promise<Catalog> {
  const { rows } = await client.query("SELECT current_setting('server_version_num')::int AS version");
  const version = Number(rows[0]?.["version"] ?? 0);
  if (version < 160_000) return { version, roles: [], memberships: [], databases: [] };
  const roles = (await client.query(ROLES)).rows as unknown as (Omit<RoleFacts, "comment"> & {
    comment: string | null;
  })[];
  return {
    version,
    roles: roles.map(({ comment, ...role }) => ({ ...role, comment: comment ?? undefined })),
    memberships: (await client.query(MEMBERSHIPS)).rows as unknown as Membership[],
    databases: (await client.query(DATABASES)).rows as unknown as DatabaseFacts[],
  };
}

/** A role's facts, if it exists. */
export function roleNamed(catalog: Catalog, name: string): RoleFacts | undefined {
  return catalog.roles.find((role) => role.name === name);
}

/** What a member has of a role; undefined if nothing. */
export function membershipOf(catalog: Catalog, member: string, role: string): Membership | undefined {
  return catalog.memberships.find((row) => row.member === member && row.role === role);
}
