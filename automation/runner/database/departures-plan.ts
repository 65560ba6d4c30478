import type { WantedDatabase, WantedRoles } from "../../../infra/contract/wanted-roles";
import type { Catalog } from "./catalog";
import { parseRoleComment } from "./role-comment";
import { identifier, literal } from "./sql-text";

/**
 * Login roles of people who are no longer wanted, by their comment alone: another's role is never among them.
 *
 * @returns names, sorted
 */
export function departing(wanted: Pick<WantedRoles, "logins">, found: Catalog): string[] {
  const stay = new Set(wanted.logins.map(({ name }) => name));
  return found.roles
    .filter(({ name, comment }) => parseRoleComment(comment)?.kind === "person" && !stay.has(name))
    .map(({ name }) => name)
    .sort();
}

/** Closes a login at once, before its role goes: no new connection, and open ones end (dropping a role does not end them). */
export function closeLogins(names: readonly string[]): string[] {
  return names.flatMap((name) => [
    `ALTER ROLE ${identifier(name)} NOLOGIN`,
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = ${literal(name)}`,
  ]);
}

/**
 * What a login owns in one database goes to the owner role: the stack deletes roles in one database only, and would hand what it
 * finds there to the provisioner. The provisioner is a member of both for this transaction.
 */
export function handOver(names: readonly string[], { owner }: Pick<WantedDatabase, "owner">): string[] {
  if (names.length === 0) return [];
  const all = [owner, ...names].map(identifier);
  return [
    ...all.map((role) => `GRANT ${role} TO CURRENT_USER WITH INHERIT TRUE, SET TRUE`),
    ...names.flatMap((name) => [
      `REASSIGN OWNED BY ${identifier(name)} TO ${identifier(owner)}`,
      `DROP OWNED BY ${identifier(name)}`,
    ]),
    ...all.map((role) => `REVOKE ${role} FROM CURRENT_USER GRANTED BY CURRENT_USER`),
  ];
}
