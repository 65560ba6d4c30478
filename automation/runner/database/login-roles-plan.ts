import { CANARY } from "../../../infra/contract/names";
import { membershipOf, roleNamed, type Catalog, type RoleFacts } from "./catalog";
import { parseRoleComment, roleComment, type RoleMark } from "./role-comment";
import { identifier, literal } from "./sql-text";
import type { WantedLogin, WantedRoles } from "./wanted-roles";

/** Connections that one login may have at once: a graphical client opens several, a leak should not take them all. */
export const LOGIN_CONNECTION_LIMIT = 20;

/** Statements for the cluster's roles, one transaction; and names that must not be touched. */
export interface LoginRolesPlan {
  readonly statements: readonly string[];
  /** One sentence each; if there is any, nothing is run. */
  readonly refusals: readonly string[];
}

/**
 * Plans roles and memberships from what the cluster has (pure), for the provisioner. Privilege roles NOLOGIN; login roles LOGIN,
 * never with a password, members of `rds_iam` and of what the matrix gives; the canary with nothing.
 *
 * Roles that left the matrix lose LOGIN, every membership and their sessions, and stay: they may own something. A role is ours by
 * its comment alone. A name that belongs to somebody else is refused: another user id (a recycled name), or no comment of ours.
 */
export function loginRolesPlan(wanted: WantedRoles, found: Catalog): LoginRolesPlan {
  const logins = [...wanted.logins.map(personal), canary()];
  const refusals = [
    ...logins.flatMap(({ name, mark }) => refusal(name, mark, found)),
    ...wanted.privilegeRoles.flatMap(({ name }) => refusal(name, { kind: "privileges" }, found)),
  ];
  if (refusals.length > 0) return { statements: [], refusals };
  return {
    statements: [
      ...wanted.privilegeRoles.flatMap(({ name }) => privilegeRole(name, found)),
      ...wanted.privilegeRoles.flatMap(({ name, database }) => connectGrant(name, database, found)),
      ...logins.flatMap((login) => loginRole(login, found)),
      ...found.roles
        .filter(
          (role) => parseRoleComment(role.comment)?.kind === "person" && !logins.some(({ name }) => name === role.name),
        )
        .flatMap((role) => departure(role, found)),
    ],
    refusals: [],
  };
}

interface PlannedLogin extends Omit<WantedLogin, "userId"> {
  readonly mark: RoleMark;
  readonly limit: number;
}

function personal({ name, userId, memberOf }: WantedLogin): PlannedLogin {
  return { name, memberOf, mark: { kind: "person", userId }, limit: LOGIN_CONNECTION_LIMIT };
}

function canary(): PlannedLogin {
  return { name: CANARY, memberOf: [], mark: { kind: "canary" }, limit: 1 };
}

function refusal(name: string, mark: RoleMark, found: Catalog): string[] {
  const role = roleNamed(found, name);
  if (!role) return [];
  const theirs = parseRoleComment(role.comment);
  if (theirs === undefined) return [`${JSON.stringify(name)} exists and was not made by sallyport`];
  if (roleComment(theirs) === roleComment(mark)) return [];
  return [`${JSON.stringify(name)} belongs to another (${roleComment(theirs)}, wanted ${roleComment(mark)})`];
}

function privilegeRole(name: string, found: Catalog): string[] {
  const role = roleNamed(found, name);
  if (role) return role.login ? [`ALTER ROLE ${identifier(name)} NOLOGIN`] : [];
  return [`CREATE ROLE ${identifier(name)} NOLOGIN`, comment(name, { kind: "privileges" })];
}

function connectGrant(name: string, database: string, found: Catalog): string[] {
  const granted = found.databases.find((each) => each.name === database)?.connect.includes(name) === true;
  return granted ? [] : [`GRANT CONNECT ON DATABASE ${identifier(database)} TO ${identifier(name)}`];
}

function loginRole({ name, memberOf, mark, limit }: PlannedLogin, found: Catalog): string[] {
  const role = roleNamed(found, name);
  const attributes = `LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE INHERIT NOREPLICATION NOBYPASSRLS CONNECTION LIMIT ${limit}`;
  const wantedMemberships = ["rds_iam", ...memberOf];
  return [
    ...(role ? alteration(role, limit) : [`CREATE ROLE ${identifier(name)} ${attributes}`, comment(name, mark)]),
    // INHERIT is said: on a member that once was NOINHERIT the default would be another.
    ...wantedMemberships
      .filter((group) => !plainMember(found, name, group))
      .map((group) => `GRANT ${identifier(group)} TO ${identifier(name)} WITH INHERIT TRUE, SET TRUE`),
    ...memberships(name, found)
      .filter((group) => !wantedMemberships.includes(group))
      .map((group) => `REVOKE ${identifier(group)} FROM ${identifier(name)}`),
  ];
}

/** Only what the provisioner may change: attributes that it lacks itself (SUPERUSER, …) are for verify to report. */
function alteration(role: RoleFacts, limit: number): string[] {
  const changes = [
    ...(role.login ? [] : ["LOGIN"]),
    ...(role.createRole ? ["NOCREATEROLE"] : []),
    ...(role.inherit ? [] : ["INHERIT"]),
    ...(role.connectionLimit === limit ? [] : [`CONNECTION LIMIT ${limit}`]),
  ];
  return changes.length === 0 ? [] : [`ALTER ROLE ${identifier(role.name)} ${changes.join(" ")}`];
}

function departure(role: RoleFacts, found: Catalog): string[] {
  const name = identifier(role.name);
  const revokes = memberships(role.name, found).map((group) => `REVOKE ${identifier(group)} FROM ${name}`);
  if (!role.login) return revokes;
  return [
    `ALTER ROLE ${name} NOLOGIN`,
    ...revokes,
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = ${literal(role.name)}`,
  ];
}

function memberships(name: string, found: Catalog): string[] {
  return found.memberships.filter(({ member }) => member === name).map(({ role }) => role);
}

function plainMember(found: Catalog, member: string, role: string): boolean {
  const row = membershipOf(found, member, role);
  return row !== undefined && row.inherit && row.set;
}

function comment(name: string, mark: RoleMark): string {
  return `COMMENT ON ROLE ${identifier(name)} IS ${literal(roleComment(mark))}`;
}
