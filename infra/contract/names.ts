import { HYPHEN_NAME, PLAIN_NAME } from "./grammar";

/** Every name that this product gives to something shared. Grammars: no hyphen in estate and environment. */

/** Tag key by which a door's instance is found and allowed. */
export const DOOR_TAG_KEY = "sallyport:door";
/** The runner's database login. */
export const PROVISIONER = "sallyport_provisioner";
/** The runner's login without privileges, for the last check. */
export const CANARY = "sallyport_canary";
/** RDS master user; its password is managed by RDS and read once at most. */
export const MASTER_USER = "sallyport_master";

/** Longest permission-set name (Identity Center API reference, CreatePermissionSet). */
export const PERMISSION_SET_NAME_LIMIT = 32;
/** Longest IAM role name (IAM quotas). */
export const ROLE_NAME_LIMIT = 64;
/** Longest DB cluster identifier (RDS API reference, CreateDBCluster). */
export const CLUSTER_IDENTIFIER_LIMIT = 63;
/** Longest PostgreSQL identifier, in bytes (NAMEDATALEN − 1). */
export const SQL_NAME_LIMIT = 63;

/** `sp-<estate>-<env>-<role>`: also what the access portal shows to people. */
export function permissionSetName(estate: string, env: string, role: string): string {
  return `sp-${estate}-${env}-${role}`;
}

/**
 * Reads a permission set's name back; undefined for sets that are not ours.
 *
 * @example parsePermissionSetName("sp-payments-dev-read-all") // {estate: "payments", env: "dev", role: "read-all"}
 */
export function parsePermissionSetName(name: string): { estate: string; env: string; role: string } | undefined {
  const [prefix, estate = "", env = "", ...rest] = name.split("-");
  const role = rest.join("-");
  if (prefix !== "sp" || !PLAIN_NAME.test(estate) || !PLAIN_NAME.test(env) || !HYPHEN_NAME.test(role)) return undefined;
  return { estate, env, role };
}

/** Value of the tag `sallyport:door`. */
export function doorTagValue(estate: string, env: string): string {
  return `${estate}/${env}`;
}

/** The session document that pins one endpoint of one cluster. */
export function sessionDocumentName(
  estate: string,
  env: string,
  cluster: string,
  endpoint: "writer" | "reader",
): string {
  return `sp-${estate}-${env}-${cluster}-${endpoint}`;
}

/** Path under which all descriptors of an estate stand. */
export function descriptorPath(estate: string): string {
  return `/sallyport/${estate}`;
}

/** The SSM parameter that holds an environment's descriptor. */
export function descriptorName(estate: string, env: string): string {
  return `${descriptorPath(estate)}/${env}`;
}

/** IAM role and instance profile of the bastion. */
export function bastionRoleName(estate: string, env: string): string {
  return `sallyport-${estate}-${env}-bastion`;
}

/** IAM role by which the flow log is delivered. */
export function flowLogRoleName(estate: string, env: string): string {
  return `sallyport-${estate}-${env}-flow-logs`;
}

/** Log group of the flow log. */
export function flowLogGroupName(estate: string, env: string): string {
  return `${descriptorName(estate, env)}/flow-logs`;
}

/** RDS identifier of a cluster. */
export function clusterIdentifier(estate: string, env: string, cluster: string): string {
  return `${estate}-${env}-${cluster}`;
}

/**
 * Log group to which RDS exports one of a cluster's logs (Aurora user guide, "Publishing Aurora PostgreSQL logs to CloudWatch Logs").
 *
 * @example clusterLogGroupName("payments-dev-app", "postgresql") // "/aws/rds/cluster/payments-dev-app/postgresql"
 */
export function clusterLogGroupName(identifier: string, log: string): string {
  return `/aws/rds/cluster/${identifier}/${log}`;
}

/** A person's login role; `separate` makes a second login that only the role's own permission set may use. */
export function loginName(userName: string, role: string, login: "self" | "separate"): string {
  return login === "self" ? userName : `${userName}--${role}`;
}

/** The NOLOGIN role that bundles a preset's privileges on one database. */
export function privilegeRoleName(database: string, preset: string): string {
  return `sallyport_${database}_${preset}`;
}
