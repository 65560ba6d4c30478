import type { SqlClient } from "./sql-client";
import type { WantedDatabase } from "../../../infra/contract/wanted-roles";

/** A table, view or sequence and what one role may do with it by its own grants. */
export interface ObjectFacts {
  readonly schema: string;
  readonly name: string;
  readonly kind: "table" | "sequence";
  /** `role` → privileges, e.g. {"sallyport_app_readonly": ["SELECT"]}. */
  readonly grants: Readonly<Record<string, readonly string[]>>;
}

/** Inside of one database, as far as its owner role owns it. */
export interface ObjectCatalog {
  /** Schemas that exist, and who has USAGE by a grant. */
  readonly schemas: readonly { readonly name: string; readonly usage: readonly string[] }[];
  readonly objects: readonly ObjectFacts[];
  /** What new objects of the owner role will give. */
  readonly defaults: readonly {
    readonly schema: string;
    readonly kind: "table" | "sequence";
    readonly role: string;
    readonly privileges: readonly string[];
  }[];
}

const SCHEMAS = `SELECT n.nspname AS name,
  ARRAY(SELECT r.rolname::text FROM aclexplode(n.nspacl) a JOIN pg_roles r ON r.oid = a.grantee WHERE a.privilege_type = 'USAGE' ORDER BY 1) AS usage
  FROM pg_namespace n WHERE n.nspname = ANY ($1) ORDER BY 1`;
const OBJECTS = `SELECT n.nspname AS schema, c.relname AS name, CASE c.relkind WHEN 'S' THEN 'sequence' ELSE 'table' END AS kind,
  (SELECT COALESCE(jsonb_object_agg(g.role, g.privileges), '{}') FROM (SELECT r.rolname AS role, jsonb_agg(a.privilege_type ORDER BY a.privilege_type) AS privileges
    FROM aclexplode(c.relacl) a JOIN pg_roles r ON r.oid = a.grantee GROUP BY 1) g) AS grants
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = ANY ($1) AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND pg_get_userbyid(c.relowner) = $2 ORDER BY 1, 2`;
const DEFAULTS = `SELECT n.nspname AS schema, CASE d.defaclobjtype WHEN 'S' THEN 'sequence' ELSE 'table' END AS kind, r.rolname AS role,
  ARRAY_AGG(a.privilege_type::text ORDER BY 1) AS privileges
  FROM pg_default_acl d JOIN pg_namespace n ON n.oid = d.defaclnamespace CROSS JOIN aclexplode(d.defaclacl) a JOIN pg_roles r ON r.oid = a.grantee
  WHERE n.nspname = ANY ($1) AND pg_get_userbyid(d.defaclrole) = $2 AND d.defaclobjtype IN ('r', 'S') GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`;

/** Reads schemas, the owner role's objects and its default privileges; connected to that database, any login may. */
export async function readObjectCatalog(client: SqlClient, database: WantedDatabase): Promise<ObjectCatalog> {
  const schemas = [...database.schemas];
  return {
    schemas: (await client.query(SCHEMAS, [schemas])).rows as unknown as ObjectCatalog["schemas"],
    objects: (await client.query(OBJECTS, [schemas, database.owner])).rows as unknown as ObjectFacts[],
    defaults: (await client.query(DEFAULTS, [schemas, database.owner])).rows as unknown as ObjectCatalog["defaults"],
  };
}
