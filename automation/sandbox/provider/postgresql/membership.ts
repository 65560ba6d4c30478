import { quoteName } from "../../postgres/sql-quote";
import { pqText, run, type Session } from "./session";

/**
 * Runs work while the connected role is a member of owner roles, and takes the membership back: all in the caller's transaction, so
 * that nobody else sees it. Only direct memberships with SET count as one; a superuser needs none.
 */
export async function asMemberOf<T>(
  session: Session,
  owners: readonly string[],
  me: string,
  work: () => Promise<T>,
): Promise<T> {
  const [row] = await session.query("SELECT rolsuper FROM pg_roles WHERE rolname = current_user");
  if (row?.["rolsuper"] === true) return work();
  const granted: string[] = [];
  const reversed: string[] = [];
  for (const owner of new Set(owners)) {
    if (owner === me || (await isMember(session, me, owner))) continue;
    // A role cannot be a member of its own member.
    if (await isMember(session, owner, me)) {
      await run(session, `error revoking role ${me} from ${owner}`, `REVOKE ${quoteName(me)} FROM ${quoteName(owner)}`);
      reversed.push(owner);
    }
    try {
      await session.query(`GRANT ${quoteName(owner)} TO ${quoteName(me)}`);
    } catch (error) {
      throw new Error(`error granting role ${owner} to ${me}: ${pqText(error)}`, { cause: error });
    }
    granted.push(owner);
  }
  const result = await work();
  for (const owner of granted)
    await run(session, `error revoking role ${owner} from ${me}`, `REVOKE ${quoteName(owner)} FROM ${quoteName(me)}`);
  for (const owner of reversed)
    await run(session, `error granting role ${me} to ${owner}`, `GRANT ${quoteName(me)} TO ${quoteName(owner)}`);
  return result;
}

async function isMember(session: Session, member: string, role: string): Promise<boolean> {
  const rows = await session.query(
    "SELECT FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.roleid JOIN pg_roles u ON u.oid = m.member WHERE u.rolname = $1 AND r.rolname = $2 AND m.set_option",
    [member, role],
  );
  return rows.length > 0;
}

/** Takes the advisory locks of a role and of its members: two changes of one role wait for each other. */
export async function lockRole(session: Session, role: string): Promise<void> {
  await session.query("SET statement_timeout = 0");
  await session.query("SELECT pg_advisory_xact_lock(oid::bigint) FROM pg_roles WHERE rolname = $1", [role]);
  await session.query(
    "SELECT pg_advisory_xact_lock(m.member::bigint) FROM pg_auth_members m JOIN pg_roles r ON m.roleid = r.oid WHERE r.rolname = $1",
    [role],
  );
}
