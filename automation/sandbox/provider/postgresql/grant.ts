import type { Json, Props } from "../../account/estate";
import { checkWords, grantee, GRANT_TYPES, meant, onObjects } from "./grant-target";
import { asMemberOf, lockRole } from "./membership";
import { inTransaction, run, withSession, type Session } from "./session";
import type { Settings } from "./settings";
import { facts, set, text, type PostgresType } from "./types";

const REPLACE = ["role", "database", "schema", "objectType", "objects", "columns", "withGrantOption"];

/** `postgresql:index/grant:Grant`. */
export const GRANT: PostgresType = {
  facts: facts({
    required: ["role", "database", "objectType", "privileges"],
    inputs: {
      role: "string",
      database: "string",
      schema: "string",
      objectType: "string",
      objects: ["string"],
      privileges: ["string"],
      withGrantOption: "boolean",
    },
    replace: REPLACE,
  }),
  sets: ["privileges", "objects"],
  rules: (inputs, fail) => {
    const kind = inputs["objectType"];
    if (typeof kind === "string" && !GRANT_TYPES.includes(kind))
      fail("objectType", `expected object_type to be one of [${GRANT_TYPES.join(" ")}], got ${kind}`);
  },
  id: (inputs) => {
    const kind = text(inputs, "objectType");
    const parts = [
      text(inputs, "role"),
      text(inputs, "database"),
      ...(kind === "database" ? [] : [text(inputs, "schema")]),
      kind,
    ];
    return [...parts, ...set(inputs, "objects")].join("_");
  },
  create: (settings, inputs) => apply(settings, inputs, inputs),
  update: (settings, state, inputs) => apply(settings, state, inputs),
  read: (settings, _id, inputs) =>
    withSession(settings, text(inputs, "database"), async (session) => {
      const privileges = await live(session, inputs);
      if (privileges === undefined) return undefined;
      const kept = same(meant(text(inputs, "objectType"), set(inputs, "privileges")), privileges);
      const found: Json = kept ? (inputs["privileges"] ?? []) : privileges;
      return { outputs: { ...inputs, privileges: found }, live: { privileges: found } };
    }),
  delete: (settings, state) =>
    inTransaction(settings, text(state, "database"), (session) =>
      locked(session, settings, state, () => revoke(session, state)),
    ),
};

async function apply(settings: Settings, before: Props, inputs: Props): Promise<void> {
  checkWords(inputs);
  const kind = text(inputs, "objectType");
  if (kind !== "database" && text(inputs, "schema") === "")
    throw new Error(`parameter 'schema' is mandatory for object_type '${kind}'`);
  await inTransaction(settings, text(inputs, "database"), (session) =>
    locked(session, settings, inputs, async () => {
      await revoke(session, before);
      const privileges = set(inputs, "privileges");
      if (privileges.length === 0) return;
      const option = inputs["withGrantOption"] === true ? " WITH GRANT OPTION" : "";
      const sql = `GRANT ${privileges.join(",")} ON ${onObjects(inputs)} TO ${grantee(text(inputs, "role"))}${option}`;
      await run(session, "could not execute grant query", sql);
    }),
  );
}

async function locked(session: Session, settings: Settings, inputs: Props, work: () => Promise<void>): Promise<void> {
  await lockRole(session, text(inputs, "role"));
  if (text(inputs, "objectType") === "database")
    await session.query("SELECT pg_advisory_xact_lock(oid::bigint) FROM pg_database WHERE datname = $1", [
      text(inputs, "database"),
    ]);
  await asMemberOf(session, await owners(session, inputs), settings.me, work);
}

/** All privileges for "all in the schema"; for named objects only those that were listed. */
async function revoke(session: Session, inputs: Props): Promise<void> {
  const words = set(inputs, "objects").length === 0 ? ["ALL PRIVILEGES"] : set(inputs, "privileges");
  if (words.length === 0) return;
  const sql = `REVOKE ${words.join(",")} ON ${onObjects(inputs)} FROM ${grantee(text(inputs, "role"))}`;
  await run(session, "could not execute revoke query", sql);
}

/** The owners that must grant: of every table in the schema and of the schema itself; of the schema alone; none for a database. */
async function owners(session: Session, inputs: Props): Promise<string[]> {
  const [kind, schema] = [text(inputs, "objectType"), text(inputs, "schema")];
  if (kind === "database") return [];
  const own = await session.query(
    `SELECT CASE WHEN r.rolname = 'pg_database_owner' THEN (SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()) ELSE r.rolname END::text AS owner
      FROM pg_namespace n JOIN pg_roles r ON r.oid = n.nspowner WHERE n.nspname = $1`,
    [schema],
  );
  const tables =
    kind === "schema"
      ? []
      : await session.query(
          "SELECT DISTINCT tableowner::text AS owner FROM pg_tables WHERE schemaname = $1 ORDER BY 1",
          [schema],
        );
  return [...tables, ...own].map((row) => String(row["owner"]));
}

const ROLE_OID = "(SELECT oid FROM pg_roles WHERE rolname = $1 UNION ALL SELECT 0 WHERE $1 = 'public')";
const RELATIONS = `SELECT c.relname::text AS name, ARRAY(SELECT a.privilege_type::text FROM aclexplode(c.relacl) a WHERE a.grantee = ${ROLE_OID} ORDER BY 1) AS privileges
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $2 AND c.relkind = $3 ORDER BY 1`;
const FUNCTIONS = `SELECT p.proname::text AS name, ARRAY(SELECT a.privilege_type::text FROM aclexplode(p.proacl) a WHERE a.grantee = ${ROLE_OID} ORDER BY 1) AS privileges
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = $2 ORDER BY 1`;

/** What the role has: the first object that differs decides. Ordinary tables and sequences only; views are not looked at. */
async function live(session: Session, inputs: Props): Promise<string[] | undefined> {
  const [kind, role, schema] = [text(inputs, "objectType"), text(inputs, "role"), text(inputs, "schema")];
  if (kind === "database") {
    const sql = `SELECT ARRAY(SELECT a.privilege_type::text FROM aclexplode(datacl) a WHERE a.grantee = ${ROLE_OID} ORDER BY 1) AS privileges FROM pg_database WHERE datname = $2`;
    return privilegesOf(await session.query(sql, [role, text(inputs, "database")]));
  }
  if (kind === "schema") {
    const sql = `SELECT ARRAY(SELECT a.privilege_type::text FROM aclexplode(nspacl) a WHERE a.grantee = ${ROLE_OID} ORDER BY 1) AS privileges FROM pg_namespace WHERE nspname = $2`;
    return privilegesOf(await session.query(sql, [role, schema]));
  }
  if ((await session.query("SELECT FROM pg_namespace WHERE nspname = $1", [schema])).length === 0) return undefined;
  const wanted = meant(kind, set(inputs, "privileges"));
  const rows =
    kind === "table" || kind === "sequence"
      ? await session.query(RELATIONS, [role, schema, kind === "table" ? "r" : "S"])
      : await session.query(FUNCTIONS, [role, schema]);
  const objects = set(inputs, "objects");
  for (const row of rows) {
    if (objects.length > 0 && !objects.includes(String(row["name"]))) continue;
    const held = row["privileges"] as string[];
    if (!same(wanted, held)) return held;
  }
  return wanted;
}

function privilegesOf(rows: readonly Readonly<Record<string, unknown>>[]): string[] | undefined {
  return rows[0]?.["privileges"] as string[] | undefined;
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return JSON.stringify([...a].sort()) === JSON.stringify([...b].sort());
}
