import { mayName } from "../documents/iam-document";

/** Every database user there is (RDS user guide, "Creating and using an IAM policy for IAM database access"). */
const ANY_DATABASE_USER = "arn:%:rds-db:%:%:dbuser:*/*";
const PARTITION = /^aws(-[a-z]+)*$/;
const REGION = /^[a-z]{2}(-[a-z]+)+-[0-9]+$/;
const ACCOUNT = /^[0-9]{12}$/;
const RESOURCE_ID = /^(cluster|db|prx)-[A-Z0-9]+$/;
/** A user name, with at most the caller's own tag in it. */
const USER = /^[^*?$/{}]*(\$\{aws:PrincipalTag\/[^*?$/{}]+\}[^*?$/{}]*)?$/i;

/**
 * What is too wide or wrong in a resource of a statement that allows `rds-db:connect`; undefined when it names one database
 * and one user, or nothing of a database at all.
 *
 * @example databaseUserProblem("*") // "reaches every database user"
 */
export function databaseUserProblem(resource: string): string | undefined {
  if (!mayName(resource, ANY_DATABASE_USER)) {
    return /^arn:[^:]*:rds-db:/i.test(resource) ? "names no database user" : undefined;
  }
  const parts = resource.split(":");
  const [scheme, partition = "", service, region = "", account = "", kind, ...rest] = parts;
  if (scheme !== "arn" || service !== "rds-db" || kind !== "dbuser") return "reaches every database user";
  if (!PARTITION.test(partition) || !REGION.test(region) || !ACCOUNT.test(account))
    return "leaves partition, region or account open";
  const [database = "", ...user] = rest.join(":").split("/");
  if (!RESOURCE_ID.test(database))
    return /[*?$]/.test(database)
      ? "reaches more than one database"
      : "names a database by its identifier, which IAM never matches, in place of its resource id";
  const login = user.join("/");
  if (login === "" || !USER.test(login)) return "reaches more than one database user";
  return undefined;
}

/** One user of one database, as a policy names them. */
export interface DatabaseUser {
  /** Resource id, e.g. `cluster-ABC`. */
  readonly database: string;
  /** The name, with a tag of the caller as it stands in the policy. */
  readonly login: string;
  /** Key of that tag, where there is one. */
  readonly tag?: string;
}

/**
 * Reads a resource that names one user of one database; undefined for every other.
 *
 * @example readDatabaseUser("arn:aws:rds-db:eu-west-2:111122223333:dbuser:cluster-ABC/reader") // { database: "cluster-ABC", login: "reader" }
 */
export function readDatabaseUser(resource: string): DatabaseUser | undefined {
  if (!mayName(resource, ANY_DATABASE_USER) || databaseUserProblem(resource) !== undefined) return undefined;
  const [database = "", ...user] = resource.split(":").slice(6).join(":").split("/");
  const login = user.join("/");
  const tag = /\$\{aws:PrincipalTag\/([^}]+)\}/i.exec(login)?.[1];
  return tag === undefined ? { database, login } : { database, login, tag };
}

/** Whether a resource of a statement may name a user of a database. */
export function mayNameDatabaseUser(resource: string): boolean {
  return mayName(resource, ANY_DATABASE_USER);
}
