import { CANARY } from "../../../infra/contract/names";
import { LOGIN_CONNECTION_LIMIT } from "../../../infra/contract/preset-privileges";
import type { WantedRoles } from "../../../infra/contract/wanted-roles";
import { membershipOf, roleNamed, type Catalog, type RoleFacts } from "./catalog";
import { departing } from "./departures-plan";

/** What a role should be. */
interface WantedRole {
  readonly name: string;
  readonly login: boolean;
  readonly limit: number;
  readonly memberOf: readonly string[];
}

/**
 * What differs in roles and memberships (pure), one sentence each: for roles that are ours only. Written from the matrix alone, not
 * from the database stack's plan, so that a fault of the one shows in the other.
 */
export function roleDifferences(wanted: WantedRoles, found: Catalog): string[] {
  const roles: WantedRole[] = [
    ...wanted.privilegeRoles.map(({ name }) => ({ name, login: false, limit: -1, memberOf: [] })),
    ...wanted.logins.map(({ name, memberOf }) => login(name, LOGIN_CONNECTION_LIMIT, memberOf)),
    login(CANARY, 1, []),
  ];
  return [
    ...roles.flatMap((role) => differences(role, found)),
    ...departing(wanted, found).flatMap((name) =>
      roleNamed(found, name)?.login === true ? [`${JSON.stringify(name)} may log in and should not`] : [],
    ),
    ...wanted.privilegeRoles
      .filter(
        ({ name, database }) => found.databases.find((each) => each.name === database)?.connect.includes(name) !== true,
      )
      .map(({ name, database }) => `${JSON.stringify(name)} has no CONNECT on ${JSON.stringify(database)}`),
  ];
}

function login(name: string, limit: number, memberOf: readonly string[]): WantedRole {
  return { name, login: true, limit, memberOf: ["rds_iam", ...memberOf] };
}

function differences(wanted: WantedRole, found: Catalog): string[] {
  const name = JSON.stringify(wanted.name);
  const role = roleNamed(found, wanted.name);
  if (!role) return [`${name} does not exist`];
  const held = found.memberships.filter(({ member }) => member === wanted.name).map(({ role: group }) => group);
  const missing = wanted.memberOf.filter((group) => {
    const row = membershipOf(found, wanted.name, group);
    return !(row?.inherit && row.set);
  });
  return [
    ...(role.login === wanted.login ? [] : [`${name} ${role.login ? "may" : "may not"} log in`]),
    ...excess(role).map((right) => `${name} has ${right}`),
    ...(role.inherit ? [] : [`${name} is NOINHERIT`]),
    ...(role.connectionLimit === wanted.limit
      ? []
      : [`${name} has a connection limit of ${role.connectionLimit}, not ${wanted.limit}`]),
    ...missing.map((group) => `${name} is no full member of ${JSON.stringify(group)}`),
    ...held
      .filter((group) => !wanted.memberOf.includes(group))
      .map((group) => `${name} is a member of ${JSON.stringify(group)} and should not be`),
  ];
}

function excess(role: RoleFacts): string[] {
  const rights = [
    ["SUPERUSER", role.superuser],
    ["CREATEROLE", role.createRole],
    ["CREATEDB", role.createDatabase],
    ["REPLICATION", role.replication],
    ["BYPASSRLS", role.bypassRls],
  ] as const;
  return rights.filter(([, held]) => held).map(([right]) => right);
}
