import type { AccessMatrix } from "./access-matrix";
import type { Preset } from "./access-schema";

/** A database as the configuration has it. */
export interface WantedDatabase {
  readonly name: string;
  /** NOLOGIN role that owns the objects. */
  readonly owner: string;
  readonly schemas: readonly string[];
}

/** A NOLOGIN bundle of privileges on one database. */
export interface WantedPrivilegeRole {
  readonly name: string;
  readonly database: string;
  readonly preset: Exclude<Preset, "owner">;
}

/** A login role of a person. */
export interface WantedLogin {
  readonly name: string;
  /** The directory's user id: tells a recycled name from the same person. */
  readonly userId: string;
  /** Roles that it is a member of, `rds_iam` aside. Sorted. */
  readonly memberOf: readonly string[];
}

/** What one cluster should have. */
export interface WantedRoles {
  readonly databases: readonly WantedDatabase[];
  readonly privilegeRoles: readonly WantedPrivilegeRole[];
  readonly logins: readonly WantedLogin[];
}

/**
 * The part of the matrix that one cluster holds, at one moment: grants that have ended are absent, and a login without any is too.
 *
 * @param now milliseconds since the epoch
 */
export function wantedRoles(
  matrix: Pick<AccessMatrix, "logins">,
  cluster: string,
  databases: Readonly<Record<string, { readonly owner: string; readonly schemas: readonly string[] }>>,
  now: number,
): WantedRoles {
  const privilegeRoles = new Map<string, WantedPrivilegeRole>();
  const logins = matrix.logins.flatMap((login): WantedLogin[] => {
    const grants = login.grants.filter(
      (grant) => grant.cluster === cluster && (grant.until === undefined || Date.parse(grant.until) > now),
    );
    for (const { privilegeRole, database, preset } of grants) {
      if (preset !== "owner") privilegeRoles.set(privilegeRole, { name: privilegeRole, database, preset });
    }
    const memberOf = [...new Set(grants.map((grant) => grant.privilegeRole))].sort();
    return memberOf.length === 0 ? [] : [{ name: login.loginName, userId: login.person.userId, memberOf }];
  });
  return {
    databases: Object.entries(databases).map(([name, { owner, schemas }]) => ({ name, owner, schemas })),
    privilegeRoles: [...privilegeRoles.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    logins,
  };
}
