import { CANARY } from "../contract/names";
import { LOGIN_CONNECTION_LIMIT } from "../contract/preset-privileges";
import type { WantedRoles } from "../contract/wanted-roles";

/** A PostgreSQL role that the database stack holds. */
export interface PlannedRole {
  /** Name in PostgreSQL, and of the resource. */
  readonly name: string;
  readonly login: boolean;
  /** Every membership there is: an update of a role takes all others away. */
  readonly memberOf: readonly string[];
  /** −1: no limit. */
  readonly connectionLimit: number;
}

/**
 * The roles of one cluster (pure): privilege roles that nobody logs in as, login roles that nobody has a password for, and the
 * canary, which has nothing but its login.
 */
export function rolePlan(wanted: Pick<WantedRoles, "privilegeRoles" | "logins">): PlannedRole[] {
  return [
    ...wanted.privilegeRoles.map(({ name }) => ({ name, login: false, memberOf: [], connectionLimit: -1 })),
    ...[...wanted.logins, { name: CANARY, memberOf: [] }].map(({ name, memberOf }) => ({
      name,
      login: true,
      memberOf: ["rds_iam", ...memberOf],
      connectionLimit: name === CANARY ? 1 : LOGIN_CONNECTION_LIMIT,
    })),
  ];
}
