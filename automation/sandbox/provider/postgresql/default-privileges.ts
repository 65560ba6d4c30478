import type { Json, Props } from "../../account/estate";
import { quoteName } from "../../postgres/sql-quote";
import { checkWords, grantee } from "./grant-target";
import { asMemberOf, lockRole } from "./membership";
import { inTransaction, run, withSession, type Session } from "./session";
import type { Settings } from "./settings";
import { facts, set, text, type PostgresType } from "./types";

/** `pg_default_acl.defaclobjtype` by object type. */
const KINDS: Readonly<Record<string, string>> = {
  table: "r",
  sequence: "S",
  function: "f",
  routine: "f",
  type: "T",
  schema: "n",
};

/** `postgresql:index/defaultPrivileges:DefaultPrivileges`. */
export const DEFAULT_PRIVILEGES: PostgresType = {
  facts: facts({
    required: ["role", "owner", "database", "objectType", "privileges"],
    inputs: {
      role: "string",
      owner: "string",
      database: "string",
      schema: "string",
      objectType: "string",
      privileges: ["string"],
      withGrantOption: "boolean",
    },
    replace: ["role", "owner", "database", "schema", "objectType", "withGrantOption"],
  }),
  sets: ["privileges"],
  rules: (inputs, fail) => {
    const kind = inputs["objectType"];
    if (typeof kind === "string" && !(kind in KINDS))
      fail("objectType", `expected object_type to be one of [${Object.keys(KINDS).join(" ")}], got ${kind}`);
  },
  id: (inputs) =>
    [
      text(inputs, "role"),
      text(inputs, "database"),
      text(inputs, "schema") || "noschema",
      text(inputs, "owner"),
      text(inputs, "objectType"),
    ].join("_"),
  create: apply,
  update: (settings, _state, inputs) => apply(settings, inputs),
  read: (settings, _id, inputs) =>
    withSession(settings, text(inputs, "database"), async (session) => {
      const privileges = await live(session, inputs);
      if (privileges === undefined) return undefined;
      const kept = JSON.stringify(privileges) === JSON.stringify(set(inputs, "privileges"));
      const found: Json = kept ? (inputs["privileges"] ?? []) : privileges;
      return { outputs: { ...inputs, privileges: found }, live: { privileges: found } };
    }),
  delete: (settings, state) =>
    inTransaction(settings, text(state, "database"), (session) =>
      asOwner(session, settings, state, () => revoke(session, state)),
    ),
};

async function apply(settings: Settings, inputs: Props): Promise<void> {
  checkWords(inputs);
  await inTransaction(settings, text(inputs, "database"), (session) =>
    asOwner(session, settings, inputs, async () => {
      await revoke(session, inputs);
      const privileges = set(inputs, "privileges");
      if (privileges.length === 0) return;
      const option = inputs["withGrantOption"] === true ? " WITH GRANT OPTION" : "";
      const sql = `${alter(inputs)} GRANT ${privileges.join(",")} ON ${objects(inputs)} TO ${grantee(text(inputs, "role"))}${option}`;
      await run(session, "could not alter default privileges", sql);
    }),
  );
}

async function asOwner(session: Session, settings: Settings, inputs: Props, work: () => Promise<void>): Promise<void> {
  const owner = text(inputs, "owner");
  const known = await session.query("SELECT FROM pg_roles WHERE rolname = $1", [owner]);
  if (known.length === 0) throw new Error(`could not check if role ${owner} is superuser: sql: no rows in result set`);
  await lockRole(session, owner);
  await asMemberOf(session, [owner], settings.me, work);
}

function revoke(session: Session, inputs: Props): Promise<void> {
  const sql = `${alter(inputs)} REVOKE ALL ON ${objects(inputs)} FROM ${grantee(text(inputs, "role"))}`;
  return run(session, "could not revoke default privileges", sql);
}

function alter(inputs: Props): string {
  const schema = text(inputs, "schema");
  const where = schema === "" ? "" : ` IN SCHEMA ${quoteName(schema)}`;
  return `ALTER DEFAULT PRIVILEGES FOR ROLE ${quoteName(text(inputs, "owner"))}${where}`;
}

function objects(inputs: Props): string {
  return `${text(inputs, "objectType").toUpperCase()}S`;
}

const READ = `SELECT ARRAY(SELECT a.privilege_type::text FROM aclexplode(d.defaclacl) a
    WHERE a.grantee = (SELECT oid FROM pg_roles WHERE rolname = $1 UNION ALL SELECT 0 WHERE $1 = 'public') ORDER BY 1) AS privileges
  FROM pg_default_acl d JOIN pg_roles o ON o.oid = d.defaclrole LEFT JOIN pg_namespace n ON n.oid = d.defaclnamespace
  WHERE o.rolname = $2 AND COALESCE(n.nspname::text, '') = $3 AND d.defaclobjtype = $4`;

/** What new objects would give the role; none: the entry is gone, unless none was wanted. */
async function live(session: Session, inputs: Props): Promise<string[] | undefined> {
  const kind = KINDS[text(inputs, "objectType")] ?? "";
  const [row] = await session.query(READ, [text(inputs, "role"), text(inputs, "owner"), text(inputs, "schema"), kind]);
  const privileges = (row?.["privileges"] as string[] | undefined) ?? [];
  return privileges.length === 0 && set(inputs, "privileges").length > 0 ? undefined : privileges;
}
