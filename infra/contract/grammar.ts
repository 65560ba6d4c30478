/** Estates and environments: no hyphen, so that `sp-<estate>-<env>-<role>` can be read back. */
export const PLAIN_NAME = /^[a-z][a-z0-9]*$/;
/** Roles and clusters: single hyphens inside (an RDS identifier allows no double and no trailing one). */
export const HYPHEN_NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
/** Databases, schemas and owner roles: PostgreSQL identifiers that need no quotes; 63 bytes is PostgreSQL's limit. */
export const SQL_NAME = /^[a-z][a-z0-9_]{0,62}$/;
/** An AWS account number. */
export const ACCOUNT = /^[0-9]{12}$/;
/** An AWS region, e.g. `eu-west-2`, `us-gov-east-1`. */
export const REGION = /^[a-z]{2}(-[a-z]+)+-[0-9]$/;

/** What a wrong name should look like. */
export const PLAIN_NAME_TEXT = "a name of lower-case letters and digits that begins with a letter (no hyphen)";
export const HYPHEN_NAME_TEXT = "a name of lower-case letters, digits and single hyphens that begins with a letter";
export const SQL_NAME_TEXT =
  "a name of at most 63 lower-case letters, digits and underscores that begins with a letter";

/** Bytes of a text in UTF-8, the unit of PostgreSQL's limits. */
export function byteLength(value: string): number {
  return new TextEncoder().encode(value).length;
}
