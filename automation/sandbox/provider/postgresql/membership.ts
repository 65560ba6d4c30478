import { quoteName } from "../../postgres/sql-quote";
import { run, type Session } from "./session";

/**
 * Runs work while the connected role is a member of owner roles, and takes the membership back: all in the caller's transaction, so
 * that nobody else sees it. Only direct memberships with SET count as one; a superuser needs none, and a superuser's role cannot be had.
 */
export async function asMemberOf<T>(session: Session, owners: readonly string[], work: () => Promise<T>): Promise<T> {
  if (owners.length === 0) return work();
  const [self] = await session.query("SELECT current_user::text AS me");
  const me = String(self?.["me"]);
  if (await isSuperuser(session, me)) return work();
  const granted: string[] = [];
  const reversed: string[] = [];
  for (const owner of new Set(owners)) {
    if (owner === me || (await isSuperuser(session, owner))) continue;
    // A role cannot be a member of its own member.
    if (await revokeMembership(session, me, owner)) reversed.push(owner);
    if (await grantMembership(session, owner, me)) granted.push(owner);
  }
  const result = await work();
  for (const owner of granted) await revokeMembership(session, owner, me);
  for (const owner of reversed) await grantMembership(session, me, owner);
  return result;
}

/** Makes a member, unless it is one. `true`: it was not. */
export async function grantMembership(session: Session, role: string, member: string): Promise<boolean> {
  if (role === member || (await isMember(session, role, member))) return false;
  await run(session, `error granting role ${role} to ${member}`, `GRANT ${quoteName(role)} TO ${quoteName(member)}`);
  return true;
}

/** Ends a membership. `true`: there was one. */
export async function revokeMembership(session: Session, role: string, member: string): Promise<boolean> {
  if (role === member || !(await isMember(session, role, member))) return false;
  await run(
    session,
    `error revoking role ${role} from ${member}`,
    `REVOKE ${quoteName(role)} FROM ${quoteName(member)}`,
  );
  return true;
}

/** Whether a role is a superuser; one that does not exist is none. */
export async function isSuperuser(session: Session, role: string): Promise<boolean> {
  const [row] = await session.query("SELECT rolsuper FROM pg_roles WHERE rolname = $1", [role]);
  return row?.["rolsuper"] === true;
}

async function isMember(session: Session, role: string, member: string): Promise<boolean> {
  const rows = await session.query(
    "SELECT FROM pg_auth_members WHERE pg_get_userbyid(roleid) = $1 AND pg_get_userbyid(member) = $2 AND set_option",
    [role, member],
  );
  return rows.length > 0;
}
