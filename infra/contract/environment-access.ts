import type { AccessEntry, AccessFile, Role } from "./access-file";
import type { Preset } from "./access-schema";
import { oneOf } from "./did-you-mean";
import type { Environment } from "./environment-config";
import {
  CLUSTER_IDENTIFIER_LIMIT,
  clusterIdentifier,
  flowLogRoleName,
  PERMISSION_SET_NAME_LIMIT,
  permissionSetName,
  privilegeRoleName,
  ROLE_NAME_LIMIT,
  SQL_NAME_LIMIT,
} from "./names";
import { pathText, resultOf, type Problem, type Result } from "./result";
import { parsePattern, patternCovers, type TargetPattern } from "./target";
import { roleEndProblems } from "./role-end";
import { PLAIN_NAME, PLAIN_NAME_TEXT } from "./grammar";

/** A role as one environment has it: patterns resolved, names made. */
export interface EnvironmentRole {
  readonly name: string;
  /** Permission set of the role here: `sp-<estate>-<env>-<role>`. */
  readonly permissionSet: string;
  readonly login: "self" | "separate";
  readonly sessionSeconds: number;
  /** Strongest preset for each database that the role covers, in the order of the configuration. */
  readonly databases: readonly RoleDatabase[];
  /** Who gets it, in the order of the file. */
  readonly principals: readonly RolePrincipal[];
}

/** What a role may do in one database. */
export interface RoleDatabase {
  readonly cluster: string;
  readonly database: string;
  readonly preset: Preset;
}

/** A person or group that gets a role. */
export interface RolePrincipal {
  readonly kind: "person" | "group";
  readonly name: string;
  readonly until?: string;
  /** Where it stands in access.yaml, for messages: `access[2].group`. */
  readonly path: string;
}

/**
 * The part of `access.yaml` that concerns one environment, in the order of the file. Refuses names over AWS's and PostgreSQL's
 * limits with the arithmetic, unknown clusters and databases, and ends that a policy could not say.
 */
export function environmentAccess(access: AccessFile, environment: Environment): Result<readonly EnvironmentRole[]> {
  const here = Object.entries(access.roles).filter(
    ([, role]) => role.in === undefined || role.in.includes(environment.name),
  );
  const roles = here.map(([name, role]): EnvironmentRole => ({
    name,
    permissionSet: permissionSetName(access.estate, environment.name, name),
    login: role.login,
    sessionSeconds: role.sessionSeconds,
    databases: databasesOf(role, environment),
    principals: principalsOf(access.access, name),
  }));
  const problems = [
    ...nameProblems(access, environment, roles),
    ...here.flatMap(([name, role]) => targetProblems(name, role, environment)),
    ...roles.flatMap(roleEndProblems),
  ];
  return resultOf(problems, () => roles);
}

const STRENGTH: Readonly<Record<Preset, number>> = { readonly: 0, readwrite: 1, owner: 2 };

function databasesOf(role: Role, environment: Environment): RoleDatabase[] {
  return allDatabases(environment).flatMap(({ cluster, database }) => {
    let preset: Preset | undefined;
    for (const [pattern, value] of Object.entries(role.on)) {
      if (!patternCovers(parsePattern(pattern) as TargetPattern, cluster, database)) continue;
      if (preset === undefined || STRENGTH[value] > STRENGTH[preset]) preset = value;
    }
    return preset === undefined ? [] : [{ cluster, database, preset }];
  });
}

function allDatabases(environment: Environment): { cluster: string; database: string }[] {
  return Object.entries(environment.config.clusters).flatMap(([cluster, { databases }]) =>
    Object.keys(databases).map((database) => ({ cluster, database })),
  );
}

function principalsOf(entries: readonly AccessEntry[], role: string): RolePrincipal[] {
  return entries.flatMap((entry, index): RolePrincipal[] => {
    if (!entry.roles.includes(role)) return [];
    const kind = entry.person === undefined ? "group" : "person";
    const end = entry.until === undefined ? {} : { until: entry.until };
    return [{ kind, name: entry.person ?? entry.group ?? "", ...end, path: pathText(["access", index, kind]) }];
  });
}

function nameProblems(access: AccessFile, environment: Environment, roles: readonly EnvironmentRole[]): Problem[] {
  const { estate } = access;
  const env = environment.name;
  const named = PLAIN_NAME.test(env)
    ? []
    : [{ path: "environment", seen: JSON.stringify(env), expected: PLAIN_NAME_TEXT }];
  return [
    ...named,
    // The longer of the two IAM roles.
    ...tooLong("estate", flowLogRoleName(estate, env), ROLE_NAME_LIMIT, "a flow log role name"),
    ...roles.flatMap((role) =>
      tooLong(pathText(["roles", role.name]), role.permissionSet, PERMISSION_SET_NAME_LIMIT, "a permission-set name"),
    ),
    ...Object.keys(environment.config.clusters).flatMap((cluster) =>
      tooLong(
        pathText(["sallyport:clusters", cluster]),
        clusterIdentifier(estate, env, cluster),
        CLUSTER_IDENTIFIER_LIMIT,
        "a cluster identifier",
      ),
    ),
    ...allDatabases(environment).flatMap(({ cluster, database }) =>
      tooLong(
        pathText(["sallyport:clusters", cluster, "databases", database]),
        privilegeRoleName(database, "readwrite"),
        SQL_NAME_LIMIT,
        "a privilege role name",
      ),
    ),
  ];
}

/** The arithmetic of a name that is too long: its parts are ASCII, so characters are bytes. */
function tooLong(path: string, name: string, limit: number, what: string): Problem[] {
  if (name.length <= limit) return [];
  const sum = `${name} has ${name.length} characters, ${name.length - limit} too many`;
  return [{ path, seen: JSON.stringify(name), expected: `${what} of at most ${limit} characters: ${sum}` }];
}

function targetProblems(name: string, role: Role, environment: Environment): Problem[] {
  const { clusters } = environment.config;
  return Object.keys(role.on).flatMap((key) => {
    const { cluster, database } = parsePattern(key) as TargetPattern;
    const path = pathText(["roles", name, "on", key]);
    if (cluster !== "*" && !Object.hasOwn(clusters, cluster)) {
      return [
        { path, seen: `the cluster ${JSON.stringify(cluster)}`, expected: oneOf(cluster, Object.keys(clusters)) },
      ];
    }
    const known = allDatabases(environment)
      .filter((each) => cluster === "*" || each.cluster === cluster)
      .map((each) => each.database);
    if (database === "*" || known.includes(database)) return [];
    return [{ path, seen: `the database ${JSON.stringify(database)}`, expected: oneOf(database, known) }];
  });
}
