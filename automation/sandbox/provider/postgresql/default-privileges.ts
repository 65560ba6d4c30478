import type { Props } from "../../account/estate";
import { quoteName } from "../../postgres/sql-quote";
import { grantee } from "./grant-target";
import { targetExists } from "./grant-read";
import { lockRole } from "./locks";
import { asMemberOf } from "./membership";
import { checkWords, holdsWanted } from "./privilege-words";
import { roleExists } from "./role-read";
import { inTransaction, run, type Session } from "./session";
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
  importable: false,
  rules: (inputs, fail) => {
    const kind = inputs["objectType"];
    if (typeof kind === "string" && !(kind in KINDS))
      fail("objectType", `expected object_type to be one of [${Object.keys(KINDS).join(" ")}], got ${kind}`);
  },
  id: (inputs) => {
    const where = text(inputs, "schema") || "noschema";
    return [
      text(inputs, "role"),
      text(inputs, "database"),
      where,
      text(inputs, "owner"),
      text(inputs, "objectType"),
    ].join("_");
  },
  create: apply,
  update: (settings, _state, inputs) => apply(settings, inputs),
  exists: (settings, _id, inputs) => targetExists(settings, inputs),
  read: (settings, _id, inputs) =>
    inTransaction(settings, text(inputs, "database"), async (session) => {
      await lockRole(session, text(inputs, "owner"));
      const [wanted, held] = [set(inputs, "privileges"), await granted(session, inputs)];
      // None at all means that the entry is gone, unless none was wanted.
      if (held.length === 0 && wanted.length > 0) return undefined;
      const live = holdsWanted(text(inputs, "objectType"), wanted, held) ? {} : { privileges: held };
      return { outputs: { withGrantOption: inputs["withGrantOption"] === true, ...live }, live };
    }),
  delete: (settings, state) => asOwner(settings, state, (session) => revoke(session, state)),
};

async function apply(settings: Settings, inputs: Props): Promise<void> {
  if (text(inputs, "schema") !== "" && text(inputs, "objectType") === "schema")
    throw new Error("cannot specify `schema` when `object_type` is `schema`");
  if (inputs["withGrantOption"] === true && text(inputs, "role").toLowerCase() === "public")
    throw new Error("with_grant_option cannot be true for role 'public'");
  checkWords(inputs);
  await asOwner(settings, inputs, async (session) => {
    await revoke(session, inputs);
    const privileges = set(inputs, "privileges");
    if (privileges.length === 0) return;
    const option = inputs["withGrantOption"] === true ? " WITH GRANT OPTION" : "";
    const sql = `${alter(inputs)} GRANT ${privileges.join(",")} ON ${objects(inputs)} TO ${grantee(text(inputs, "role"))}${option}`;
    await run(session, "could not alter default privileges", sql);
  });
}

function asOwner(settings: Settings, inputs: Props, work: (session: Session) => Promise<void>): Promise<void> {
  const owner = text(inputs, "owner");
  return inTransaction(settings, text(inputs, "database"), async (session) => {
    await lockRole(session, owner);
    if (!(await roleExists(session, owner)))
      throw new Error(`could not check if role ${owner} is superuser: sql: no rows in result set`);
    await asMemberOf(session, [owner], () => work(session));
  });
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

const READ = `SELECT DISTINCT a.privilege_type::text AS privilege
  FROM pg_default_acl d JOIN pg_roles o ON o.oid = d.defaclrole LEFT JOIN pg_namespace n ON n.oid = d.defaclnamespace, aclexplode(d.defaclacl) a
  WHERE a.grantee = (SELECT oid FROM pg_roles WHERE rolname = $1 UNION ALL SELECT 0 WHERE $1 = 'public')
    AND a.grantor = o.oid AND o.rolname = $2 AND COALESCE(n.nspname::text, '') = $3 AND d.defaclobjtype = $4 ORDER BY 1`;

/** What new objects would give the role. */
async function granted(session: Session, inputs: Props): Promise<string[]> {
  const kind = KINDS[text(inputs, "objectType")] ?? "";
  const rows = await session.query(READ, [text(inputs, "role"), text(inputs, "owner"), text(inputs, "schema"), kind]);
  return rows.map((row) => String(row["privilege"]));
}
