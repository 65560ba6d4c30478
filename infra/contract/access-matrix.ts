import type { AccessFile } from "./access-file";
import type { Preset } from "./access-schema";
import { didYouMean } from "./did-you-mean";
import { environmentAccess, type EnvironmentRole, type RolePrincipal } from "./environment-access";
import type { Environment } from "./environment-config";
import { loginNameFault } from "./login-name";
import { loginName, privilegeRoleName } from "./names";
import { resultOf, type Problem, type Result } from "./result";
import type { Snapshot } from "./snapshot";

/** Who gets which login role with which privileges where, until when. Permission sets, SQL, reports and doctor read this. */
export interface AccessMatrix {
  readonly estate: string;
  readonly environment: string;
  /** Sorted by loginName. */
  readonly logins: readonly LoginRole[];
}

/** One PostgreSQL login role. A person has one for all `login: self` roles and one more for each `separate` role. */
export interface LoginRole {
  /** Byte for byte what IAM and PostgreSQL compare. */
  readonly loginName: string;
  readonly person: { readonly userName: string; readonly userId: string };
  readonly grants: readonly Grant[];
}

/** One privilege role for one login: sorted by cluster, database, role. */
export interface Grant {
  /** Role of access.yaml that gives it. */
  readonly role: string;
  readonly cluster: string;
  readonly database: string;
  readonly preset: Preset;
  /** NOLOGIN role to be a member of; for the preset owner this is the database's owner role. */
  readonly privilegeRole: string;
  /** UTC moment at which it ends; absent: never. */
  readonly until?: string;
}

/** What one person has by one role. */
interface Holding {
  readonly person: LoginRole["person"];
  readonly role: EnvironmentRole;
  readonly until: string | undefined;
  readonly path: string;
}

/**
 * Computes the matrix. People and groups that the directory does not have, names that PostgreSQL would refuse and logins that two
 * people would share are problems, all at once.
 *
 * A person's own entry decides about its role's end; without one the latest end of the person's groups does.
 */
export function accessMatrix(access: AccessFile, snapshot: Snapshot, environment: Environment): Result<AccessMatrix> {
  const roles = environmentAccess(access, environment);
  if (!roles.ok) return roles;
  const problems = new Map<string, Problem>();
  const note = (problem: Problem): void => void problems.set(`${problem.path} ${problem.seen}`, problem);
  const logins = new Map<string, LoginRole>();
  for (const holding of roles.value.flatMap((role) => holdingsOf(role, snapshot, note))) {
    const name = loginName(holding.person.userName, holding.role.name, holding.role.login);
    const fault = loginNameFault(name);
    const before = logins.get(name);
    if (fault !== undefined)
      note({ path: holding.path, seen: JSON.stringify(holding.person.userName), expected: fault });
    else if (before !== undefined && before.person.userId !== holding.person.userId) {
      const shared = `a login of its own, but ${JSON.stringify(before.person.userName)} would have ${JSON.stringify(name)} too`;
      note({ path: holding.path, seen: JSON.stringify(holding.person.userName), expected: shared });
    } else {
      const grants = [...(before?.grants ?? []), ...grantsOf(holding, environment)];
      logins.set(name, { loginName: name, person: holding.person, grants: grants.sort(byPlace) });
    }
  }
  return resultOf([...problems.values()], () => ({
    estate: access.estate,
    environment: environment.name,
    logins: [...logins.values()].sort((a, b) => (a.loginName < b.loginName ? -1 : 1)),
  }));
}

function holdingsOf(role: EnvironmentRole, snapshot: Snapshot, note: (problem: Problem) => void): Holding[] {
  const held = new Map<string, Holding & { readonly own: boolean }>();
  // People first: a group must not change what a person's own entry says.
  for (const principal of [...role.principals].sort((a, b) => (a.kind === b.kind ? 0 : a.kind === "person" ? -1 : 1))) {
    for (const person of peopleOf(principal, snapshot, note)) {
      const before = held.get(person.userId);
      if (before?.own === true) continue;
      const until = before === undefined ? principal.until : later(before.until, principal.until);
      held.set(person.userId, { person, role, until, path: principal.path, own: principal.kind === "person" });
    }
  }
  return [...held.values()];
}

function peopleOf(
  principal: RolePrincipal,
  snapshot: Snapshot,
  note: (problem: Problem) => void,
): LoginRole["person"][] {
  if (principal.kind === "person") {
    const user = snapshot.users.find((each) => each.userName === principal.name);
    if (user !== undefined) return [{ userName: user.userName, userId: user.userId }];
    note(
      unknown(
        principal,
        "a user name of the directory",
        snapshot.users.map((each) => each.userName),
      ),
    );
    return [];
  }
  const group = snapshot.groups.find((each) => each.displayName === principal.name);
  if (group === undefined) {
    note(
      unknown(
        principal,
        "a group of the directory",
        snapshot.groups.map((each) => each.displayName),
      ),
    );
    return [];
  }
  return snapshot.users
    .filter((user) => group.members.includes(user.userId))
    .map(({ userName, userId }) => ({ userName, userId }));
}

function unknown(principal: RolePrincipal, what: string, known: readonly string[]): Problem {
  const guess = didYouMean(principal.name, known);
  const hint = guess === undefined ? "" : `; did you mean ${JSON.stringify(guess)}?`;
  return { path: principal.path, seen: JSON.stringify(principal.name), expected: `${what}${hint}` };
}

function grantsOf({ role, until }: Holding, environment: Environment): Grant[] {
  return role.databases.map(({ cluster, database, preset }) => {
    const owner = environment.config.clusters[cluster]?.databases[database]?.owner ?? "";
    const privilegeRole = preset === "owner" ? owner : privilegeRoleName(database, preset);
    const end = until === undefined ? {} : { until };
    return { role: role.name, cluster, database, preset, privilegeRole, ...end };
  });
}

function later(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return undefined;
  return a > b ? a : b;
}

function byPlace(a: Grant, b: Grant): number {
  const [left, right] = [a, b].map((grant) => [grant.cluster, grant.database, grant.role].join("\u0000")) as [
    string,
    string,
  ];
  return left < right ? -1 : left > right ? 1 : 0;
}
