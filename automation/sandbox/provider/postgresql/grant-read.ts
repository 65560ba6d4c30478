import type { Props } from "../../account/estate";
import { inSchema } from "./grant-target";
import { holdsWanted } from "./privilege-words";
import { withSession, type Session } from "./session";
import type { Settings } from "./settings";
import { set, text } from "./types";
import { roleExists } from "./role-read";

/**
 * Whether database, role and schema of a grant are there: asked at every refresh, on two connections. A grant on something that is gone
 * is gone.
 */
export async function targetExists(settings: Settings, inputs: Props): Promise<boolean> {
  const [role, database, schema] = [text(inputs, "role"), text(inputs, "database"), text(inputs, "schema")];
  const known = await withSession(settings, settings.database, (session) =>
    session.query("SELECT FROM pg_database WHERE datname = $1", [database]),
  );
  if (known.length === 0) return false;
  return withSession(settings, database, async (session) => {
    if (role !== "public" && !(await roleExists(session, role))) return false;
    if (schema === "" || !inSchema(text(inputs, "objectType"))) return true;
    return (await session.query("SELECT FROM pg_namespace WHERE nspname = $1", [schema])).length > 0;
  });
}

const GRANTEE = "(SELECT oid FROM pg_roles WHERE rolname = $1 UNION ALL SELECT 0 WHERE $1 = 'public')";
const words = (acl: string): string =>
  `ARRAY(SELECT DISTINCT a.privilege_type::text FROM aclexplode(${acl}) a WHERE a.grantee = ${GRANTEE} ORDER BY 1) AS privileges`;

/** One object that decides alone; `$1` is the role, `$2` its name. */
const SINGLE: Readonly<Record<string, string>> = {
  database: `SELECT ${words("datacl")} FROM pg_database WHERE datname = $2`,
  schema: `SELECT ${words("nspacl")} FROM pg_namespace WHERE nspname = $2`,
  foreign_data_wrapper: `SELECT ${words("fdwacl")} FROM pg_foreign_data_wrapper WHERE fdwname = $2`,
  foreign_server: `SELECT ${words("srvacl")} FROM pg_foreign_server WHERE srvname = $2`,
};
const RELATIONS = `SELECT c.relname::text AS name, ${words("c.relacl")}
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $2 AND c.relkind = $3 ORDER BY 1`;
/** Overloads count as one: what any of them has. */
const FUNCTIONS = `SELECT p.proname::text AS name, ARRAY(SELECT DISTINCT a.privilege_type::text
    FROM pg_proc q, aclexplode(q.proacl) a WHERE q.proname = p.proname AND q.pronamespace = p.pronamespace AND a.grantee = ${GRANTEE} ORDER BY 1) AS privileges
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = $2 GROUP BY p.proname, p.pronamespace ORDER BY 1`;
const COLUMNS = `SELECT t.attname::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute t ON t.attrelid = c.oid, aclexplode(t.attacl) a
  WHERE n.nspname = $2 AND c.relname = $3 AND c.relkind = 'r' AND a.grantee = ${GRANTEE} AND a.privilege_type = $4`;

/**
 * The inputs of a grant that are otherwise than wanted; none if it holds. The first object that differs decides. Ordinary tables and
 * sequences only: views, materialized and partitioned ones are not looked at, and neither is the grant option.
 */
export async function grantDrift(session: Session, inputs: Props): Promise<Props> {
  const [kind, role, schema] = [text(inputs, "objectType"), text(inputs, "role"), text(inputs, "schema")];
  const [wanted, objects] = [set(inputs, "privileges"), set(inputs, "objects")];
  if (kind === "column") return columnDrift(session, inputs);
  const single = SINGLE[kind];
  if (single !== undefined) {
    const name = kind === "schema" ? schema : kind === "database" ? text(inputs, "database") : objects[0];
    const [row] = await session.query(single, [role, name]);
    const held = (row?.["privileges"] as string[] | undefined) ?? [];
    return holdsWanted(kind, wanted, held) ? {} : { privileges: held };
  }
  const rows =
    kind === "table" || kind === "sequence"
      ? await session.query(RELATIONS, [role, schema, kind === "table" ? "r" : "S"])
      : await session.query(FUNCTIONS, [role, schema]);
  for (const row of rows) {
    if (objects.length > 0 && !objects.includes(String(row["name"]))) continue;
    const held = row["privileges"] as string[];
    if (!holdsWanted(kind, wanted, held)) return { privileges: held };
  }
  return {};
}

/** Columns that lost the privilege drop out of the list. */
async function columnDrift(session: Session, inputs: Props): Promise<Props> {
  const [role, schema, wanted] = [text(inputs, "role"), text(inputs, "schema"), set(inputs, "columns")];
  const rows = await session.query(COLUMNS, [role, schema, set(inputs, "objects")[0], set(inputs, "privileges")[0]]);
  const held = new Set(rows.map((row) => String(row["name"])));
  const left = wanted.filter((column) => held.has(column));
  return left.length === wanted.length ? {} : { columns: left };
}
