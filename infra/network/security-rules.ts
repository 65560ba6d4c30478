/** The three security groups of an environment. */
export const SECURITY_GROUPS = ["bastion", "endpoint", "database"] as const;
/** Name of a security group. */
export type GroupName = (typeof SECURITY_GROUPS)[number];

/** One rule: tcp, one port, one peer group. */
export interface SecurityRule {
  readonly name: string;
  readonly group: GroupName;
  readonly direction: "ingress" | "egress";
  readonly port: number;
  readonly peer: GroupName;
}

/** Port of the endpoints `ssm` and `ssmmessages`. */
export const HTTPS_PORT = 443;
/** Port of PostgreSQL on RDS. */
export const DATABASE_PORT = 5432;

/**
 * All traffic that an environment has: the bastion dials out, to the endpoints and to the databases, and nothing else speaks.
 * The bastion needs no ingress (the agent dials out) and the others no egress (groups are stateful). DNS, DHCP and the metadata
 * service are not subject to security groups.
 */
export const SECURITY_RULES: readonly SecurityRule[] = [
  { name: "bastion-to-endpoint", group: "bastion", direction: "egress", port: HTTPS_PORT, peer: "endpoint" },
  { name: "bastion-to-database", group: "bastion", direction: "egress", port: DATABASE_PORT, peer: "database" },
  { name: "endpoint-from-bastion", group: "endpoint", direction: "ingress", port: HTTPS_PORT, peer: "bastion" },
  { name: "database-from-bastion", group: "database", direction: "ingress", port: DATABASE_PORT, peer: "bastion" },
];
