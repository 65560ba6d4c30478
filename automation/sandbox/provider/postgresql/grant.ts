import type { Props } from "../../account/estate";
import { grantDrift, targetExists } from "./grant-read";
import { checkGrant } from "./grant-rules";
import { GRANT_TYPES, grantSql, inSchema, revokeSql } from "./grant-target";
import { lockDatabase, lockRole } from "./locks";
import { asMemberOf } from "./membership";
import { inTransaction, run, withSession, type Session } from "./session";
import type { Settings } from "./settings";
import { facts, set, text, type PostgresType } from "./types";

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
      columns: ["string"],
      privileges: ["string"],
      withGrantOption: "boolean",
    },
    replace: ["role", "database", "schema", "objectType", "objects", "columns", "withGrantOption"],
  }),
  sets: ["privileges", "objects", "columns"],
  importable: false,
  rules: (inputs, fail) => {
    const kind = inputs["objectType"];
    if (typeof kind === "string" && !GRANT_TYPES.includes(kind))
      fail("objectType", `expected object_type to be one of [${GRANT_TYPES.join(" ")}], got ${kind}`);
  },
  id: (inputs) => {
    const kind = text(inputs, "objectType");
    const where = [text(inputs, "role"), text(inputs, "database"), ...(inSchema(kind) ? [text(inputs, "schema")] : [])];
    return [...where, kind, ...set(inputs, "objects"), ...set(inputs, "columns")].join("_");
  },
  create: (settings, inputs) => apply(settings, inputs, inputs),
  update: (settings, state, inputs) => apply(settings, state, inputs),
  exists: (settings, _id, inputs) => targetExists(settings, inputs),
  read: (settings, _id, inputs) =>
    withSession(settings, text(inputs, "database"), async (session) => {
      const live = await grantDrift(session, inputs);
      return { outputs: { withGrantOption: inputs["withGrantOption"] === true, ...live }, live };
    }),
  delete: (settings, state) => locked(settings, state, (session) => revoke(session, state)),
};

async function apply(settings: Settings, before: Props, inputs: Props): Promise<void> {
  checkGrant(inputs);
  await locked(settings, inputs, async (session) => {
    await revoke(session, before);
    const sql = grantSql(inputs);
    if (sql !== undefined) await run(session, "could not execute grant query", sql);
  });
}

/** Work in a transaction on the grant's database, with the locks and the memberships that it needs. */
function locked(settings: Settings, inputs: Props, work: (session: Session) => Promise<void>): Promise<void> {
  return inTransaction(settings, text(inputs, "database"), async (session) => {
    await lockRole(session, text(inputs, "role"));
    if (text(inputs, "objectType") === "database") await lockDatabase(session, text(inputs, "database"));
    await asMemberOf(session, await owners(session, inputs), () => work(session));
  });
}

async function revoke(session: Session, inputs: Props): Promise<void> {
  const sql = revokeSql(inputs);
  if (sql !== undefined) await run(session, "could not execute revoke query", sql);
}

/** The owners that must grant: of every table in the schema and of the schema itself; of the schema alone; none outside schemas. */
async function owners(session: Session, inputs: Props): Promise<string[]> {
  const [kind, schema] = [text(inputs, "objectType"), text(inputs, "schema")];
  if (!inSchema(kind)) return [];
  const own = await session.query(
    `SELECT CASE WHEN r.rolname = 'pg_database_owner' THEN (SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()) ELSE r.rolname END::text AS owner
      FROM pg_namespace n JOIN pg_roles r ON r.oid = n.nspowner WHERE n.nspname = $1`,
    [schema],
  );
  if (own.length === 0) throw new Error(`could not find schema '${schema}' while looking for owner`);
  const tables =
    kind === "schema"
      ? []
      : await session.query(
          "SELECT DISTINCT tableowner::text AS owner FROM pg_tables WHERE schemaname = $1 ORDER BY 1",
          [schema],
        );
  return [...tables, ...own].map((row) => String(row["owner"]));
}
