import type { Props } from "../../account/estate";
import { quoteName } from "../../postgres/sql-quote";
import { lockRole } from "./membership";
import { createRole, updateRole } from "./role-sql";
import { inTransaction, pqText, run, withSession, type Session } from "./session";
import { facts, set, text, type PostgresType } from "./types";

const READ = `SELECT rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolcanlogin, rolreplication, rolbypassrls, rolconnlimit,
  COALESCE(rolvaliduntil::text, 'infinity') AS valid, COALESCE(rolconfig::text[], '{}') AS config,
  ARRAY(SELECT g.rolname::text FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid WHERE m.member = r.oid ORDER BY 1) AS roles
  FROM pg_roles r WHERE rolname = $1`;

/** `postgresql:index/role:Role`. */
export const ROLE: PostgresType = {
  facts: facts({
    required: [],
    inputs: {
      name: "string",
      login: "boolean",
      roles: ["string"],
      inherit: "boolean",
      connectionLimit: "number",
      validUntil: "string",
      createDatabase: "boolean",
      createRole: "boolean",
      superuser: "boolean",
      replication: "boolean",
      bypassRowLevelSecurity: "boolean",
      searchPaths: ["string"],
      statementTimeout: "number",
      idleInTransactionSessionTimeout: "number",
      password: "string",
      encryptedPassword: "boolean",
      skipDropRole: "boolean",
      skipReassignOwned: "boolean",
    },
    replace: [],
    defaults: { connectionLimit: -1, encryptedPassword: true, inherit: true, validUntil: "infinity" },
    secret: ["password"],
  }),
  sets: ["roles"],
  rules: (inputs, fail) => {
    for (const [key, least] of [
      ["connectionLimit", -1],
      ["statementTimeout", 0],
      ["idleInTransactionSessionTimeout", 0],
    ] as const) {
      const value = inputs[key];
      if (typeof value === "number" && value < least)
        fail(key, `expected ${key} to be at least (${least}), got ${value}`);
    }
  },
  id: (inputs) => text(inputs, "name"),
  create: (settings, inputs) =>
    inTransaction(settings, settings.database, async (session) => {
      const name = text(inputs, "name");
      for (const sql of createRole(inputs))
        await run(
          session,
          sql.startsWith("CREATE") ? `error creating role ${name}` : `could not set up role ${name}`,
          sql,
        );
    }),
  update: (settings, state, inputs) =>
    inTransaction(settings, settings.database, async (session) => {
      const name = text(state, "name");
      await lockRole(session, name);
      const live = await memberships(session, name);
      for (const sql of updateRole(state, inputs, live)) await run(session, `could not update role ${name}`, sql);
    }),
  read: (settings, id) => withSession(settings, settings.database, (session) => read(session, id)),
  delete: async (settings, state) => {
    const name = text(state, "name");
    const role = quoteName(name);
    await inTransaction(settings, settings.database, async (session) => {
      await lockRole(session, name);
      if (state["skipReassignOwned"] !== true) {
        const me = quoteName(settings.me);
        const [row] = await session.query("SELECT rolsuper FROM pg_roles WHERE rolname = current_user");
        const needed = row?.["rolsuper"] !== true;
        if (needed) await run(session, `error granting role ${name} to ${settings.me}`, `GRANT ${role} TO ${me}`);
        await run(
          session,
          `could not reassign owned by role ${name} to ${settings.me}`,
          `REASSIGN OWNED BY ${role} TO ${me}`,
        );
        await run(session, `could not drop owned by role ${name}`, `DROP OWNED BY ${role}`);
        if (needed) await run(session, `error revoking role ${name} from ${settings.me}`, `REVOKE ${role} FROM ${me}`);
      }
      if (state["skipDropRole"] !== true) {
        try {
          await session.query(`DROP ROLE ${role}`);
        } catch (error) {
          throw new Error(`could not delete role ${name}: ${pqText(error)}`, { cause: error });
        }
      }
    });
  },
};

async function memberships(session: Session, name: string): Promise<string[]> {
  const [row] = await session.query(READ, [name]);
  return (row?.["roles"] as string[] | undefined) ?? [];
}

async function read(session: Session, name: string): Promise<{ outputs: Props; live: Props } | undefined> {
  const [row] = await session.query(READ, [name]);
  if (!row) return undefined;
  const config = new Map((row["config"] as string[]).map((line) => line.split(/=(.*)/s, 2) as [string, string]));
  const path = config.get("search_path") ?? "";
  const outputs: Props = {
    name,
    login: row["rolcanlogin"] as boolean,
    inherit: row["rolinherit"] as boolean,
    connectionLimit: row["rolconnlimit"] as number,
    validUntil: row["valid"] as string,
    createDatabase: row["rolcreatedb"] as boolean,
    createRole: row["rolcreaterole"] as boolean,
    superuser: row["rolsuper"] as boolean,
    replication: row["rolreplication"] as boolean,
    bypassRowLevelSecurity: row["rolbypassrls"] as boolean,
    searchPaths: path === "" ? [] : path.split(", ").map((item) => item.replace(/^"|"$/g, "").replaceAll('""', '"')),
    statementTimeout: Number(config.get("statement_timeout") ?? 0),
    idleInTransactionSessionTimeout: Number(config.get("idle_in_transaction_session_timeout") ?? 0),
    roles: row["roles"] as string[],
  };
  return { outputs, live: { ...outputs, roles: set(outputs, "roles") } };
}
