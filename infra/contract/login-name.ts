import { byteLength } from "./grammar";
import { SQL_NAME_LIMIT } from "./names";

/** Names that PostgreSQL, RDS or this product keep for themselves, as whole names or as beginnings. */
const RESERVED_NAMES = new Set(["postgres", "public", "none", "current_user", "current_role", "session_user"]);
const RESERVED_PREFIXES = ["pg_", "rds", "sallyport_"];

/**
 * What is wrong with a login role's name, or undefined. IAM matches the name byte for byte, so nothing is ever changed in it.
 *
 * @example loginNameFault("rdsadmin") // 'a name that does not begin with "rds" (kept by the database)'
 */
export function loginNameFault(name: string): string | undefined {
  const length = byteLength(name);
  if (length > SQL_NAME_LIMIT) {
    return `a login name of at most ${SQL_NAME_LIMIT} bytes, but ${JSON.stringify(name)} has ${length}: ${length - SQL_NAME_LIMIT} too many`;
  }
  // Wildcards would widen an ARN, $ begins a policy variable; the others cannot stand in the last field of an ARN.
  if (!/^[^\s\p{C}*?$/"]+$/u.test(name)) return 'a login name without spaces, control characters and *, ?, $, /, "';
  if (RESERVED_NAMES.has(name)) return `another name: ${JSON.stringify(name)} is kept by the database`;
  const prefix = RESERVED_PREFIXES.find((reserved) => name.startsWith(reserved));
  return prefix === undefined
    ? undefined
    : `a name that does not begin with ${JSON.stringify(prefix)} (kept by the database)`;
}
