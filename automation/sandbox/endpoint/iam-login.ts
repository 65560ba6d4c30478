import type { Principal } from "../account/estate";

/** What a token must have been signed for. */
export interface TokenTarget {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly region: string;
}

/** Answer of the token's check; `reason` is for `iam-db-auth-error`. */
export type TokenAnswer =
  { readonly ok: true; readonly principal: Principal } | { readonly ok: false; readonly reason: string };

/** What the endpoint needs of AWS's side. */
export interface IamPorts {
  verifyToken(token: string, target: TokenTarget): TokenAnswer;
  /** Is `rds-db:connect` on the resource (an ARN) allowed for the principal, now? */
  mayConnect(principal: Principal, on: { readonly resource: string; readonly region: string }): boolean;
}

/** A cluster as an IAM login sees it. */
export interface IamCluster {
  readonly account: string;
  readonly region: string;
  readonly resourceId: string;
  /** Endpoint names, writer first. */
  readonly names: readonly string[];
  /** AWS's port (5432), not the loopback one: tokens are signed for it. */
  readonly port: number;
}

/** The sandbox's one partition. */
const PARTITION = "aws";

/** The resource of `rds-db:connect` (IAM service authorization reference, "Amazon RDS IAM Authentication"). */
export function databaseUserArn({ account, region, resourceId }: IamCluster, user: string): string {
  return `arn:${PARTITION}:rds-db:${region}:${account}:dbuser:${resourceId}/${user}`;
}

/**
 * Judges a token: first its signature for this cluster and user, then the policies.
 *
 * @returns undefined when the login may go on, else the line for `iam-db-auth-error`
 */
export function judgeToken(token: string, user: string, cluster: IamCluster, ports: IamPorts): string | undefined {
  const host = cluster.names.find((name) => token.startsWith(`${name}:`)) ?? cluster.names[0] ?? "";
  const answer = ports.verifyToken(token, { host, port: cluster.port, user, region: cluster.region });
  if (!answer.ok) return `InvalidToken: ${answer.reason}`;
  const resource = databaseUserArn(cluster, user);
  if (ports.mayConnect(answer.principal, { resource, region: cluster.region })) return undefined;
  return `NotAuthorized: ${answer.principal.arn} is not authorized to perform rds-db:connect on ${resource}`;
}
