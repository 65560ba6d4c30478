import type { Props } from "../../account/estate";
import { isSuperuser } from "./membership";
import { withSession, type Session } from "./session";
import type { Settings } from "./settings";
import { text, type Found } from "./types";

const MEMBERSHIPS =
  "ARRAY(SELECT DISTINCT pg_get_userbyid(m.roleid)::text FROM pg_auth_members m WHERE m.member = r.oid ORDER BY 1) AS roles";
const READ = `SELECT rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolcanlogin, rolreplication, rolbypassrls, rolconnlimit,
  COALESCE(rolvaliduntil::text, 'infinity') AS valid, COALESCE(rolconfig::text[], '{}') AS config, ${MEMBERSHIPS}
  FROM pg_roles r WHERE rolname = $1`;

/** The roles that a role is a direct member of, each once, whoever granted it. */
export async function membershipsOf(session: Session, name: string): Promise<string[]> {
  const [row] = await session.query(`SELECT ${MEMBERSHIPS} FROM pg_roles r WHERE rolname = $1`, [name]);
  return (row?.["roles"] as string[] | undefined) ?? [];
}

/** Whether a role is there. */
export async function roleExists(session: Session, name: string): Promise<boolean> {
  return (await session.query("SELECT FROM pg_roles WHERE rolname = $1", [name])).length > 0;
}

/** A role as the catalogs have it; what they do not have comes from the inputs. `undefined`: it is gone. */
export function readRole(settings: Settings, name: string, inputs: Props): Promise<Found | undefined> {
  return withSession(settings, settings.database, async (session) => {
    const [row] = await session.query(READ, [name]);
    if (!row) return undefined;
    const live: Props = {
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
      encryptedPassword: true,
      ...configured(row["config"] as string[]),
      roles: row["roles"] as string[],
    };
    const password = await readPassword(
      session,
      settings,
      name,
      live["login"] === true ? text(inputs, "password") : "",
    );
    const kept = {
      skipDropRole: inputs["skipDropRole"] === true,
      skipReassignOwned: inputs["skipReassignOwned"] === true,
    };
    return { outputs: { ...kept, ...live, ...password }, live: { ...live, ...password } };
  });
}

/**
 * Settings of the role, as `ALTER ROLE … SET` left them.
 *
 * @example configured(["statement_timeout=5"]).statementTimeout // 5
 */
export function configured(lines: readonly string[]): Props {
  const value = (name: string): string | undefined =>
    lines.find((line) => line.startsWith(`${name}=`))?.slice(name.length + 1);
  const path = value("search_path") ?? "";
  return {
    searchPaths:
      path === "" ? [] : path.split(", ").map((item) => item.replace(/^"(.*)"$/s, "$1").replaceAll('""', '"')),
    statementTimeout: Number(value("statement_timeout") ?? 0),
    idleInTransactionSessionTimeout: Number(value("idle_in_transaction_session_timeout") ?? 0),
    assumeRole: value("role") ?? "",
  };
}

/**
 * A password that the program set is looked up if the program says, or lets stand, that the connected role is a superuser: the hash
 * cannot be compared, but its absence shows.
 */
async function readPassword(session: Session, settings: Settings, name: string, password: string): Promise<Props> {
  if (password === "" || !settings.superuser) return {};
  if (!(await isSuperuser(session, settings.me)))
    throw new Error(
      `could not read role password from Postgres as connected user ${settings.me} is not a SUPERUSER. You can set \`superuser = false\` in the provider configuration so it will not try to read the password from Postgres`,
    );
  const [row] = await session.query("SELECT COALESCE(passwd, '') AS passwd FROM pg_shadow WHERE usename = $1", [name]);
  return { password: row?.["passwd"] ? password : "" };
}
