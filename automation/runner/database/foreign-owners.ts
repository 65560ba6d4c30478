import type { WantedDatabase } from "../../../infra/contract/wanted-roles";
import type { SqlClient } from "./sql-client";

/** A table or schema whose owner the provisioner may not act for. */
export interface ForeignObject {
  readonly kind: "table" | "schema";
  /** `schema.table`, or the schema. */
  readonly name: string;
  readonly owner: string;
}

// "All tables in schema" is granted by every owner of a table there (and the schema's own), so each must be one that the
// provisioner has ADMIN on. `pg_database_owner` stands for the database's owner.
const FOREIGN = `WITH owners AS (
  SELECT 'table' AS kind, n.nspname || '.' || c.relname AS name, c.relowner AS owner FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = ANY ($1) AND c.relkind IN ('r', 'p')
  UNION ALL
  SELECT 'schema', n.nspname, CASE WHEN n.nspowner = 'pg_database_owner'::regrole THEN (SELECT datdba FROM pg_database WHERE datname = current_database()) ELSE n.nspowner END
    FROM pg_namespace n WHERE n.nspname = ANY ($1))
  SELECT kind, name, pg_get_userbyid(owner)::text AS owner FROM owners
  WHERE NOT EXISTS (SELECT FROM pg_auth_members m WHERE m.roleid = owners.owner AND m.member = current_user::regrole AND m.admin_option)
  ORDER BY 1, 2`;

/** What stands in the way of grants in a database; connected to it as the provisioner. PostgreSQL 16 or newer. */
export async function foreignObjects(client: SqlClient, database: WantedDatabase): Promise<ForeignObject[]> {
  return (await client.query(FOREIGN, [[...database.schemas]])).rows as unknown as ForeignObject[];
}
