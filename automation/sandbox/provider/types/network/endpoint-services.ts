import { createHash } from "node:crypto";

/** Services with an endpoint, and the kinds that they offer. */
const SERVICES: Readonly<Record<string, readonly string[]>> = {
  ssm: ["Interface"],
  ssmmessages: ["Interface"],
  ec2messages: ["Interface"],
  ec2: ["Interface"],
  sts: ["Interface"],
  logs: ["Interface"],
  kms: ["Interface"],
  rds: ["Interface"],
  secretsmanager: ["Interface"],
  s3: ["Interface", "Gateway"],
  dynamodb: ["Interface", "Gateway"],
};

/**
 * The service behind an endpoint service name, and what kinds of endpoint it has.
 *
 * @example endpointService("com.amazonaws.eu-west-2.ssm", "eu-west-2") // { service: "ssm", kinds: ["Interface"] }
 */
export function endpointService(
  name: string,
  region: string,
): { readonly service: string; readonly kinds: readonly string[] } | undefined {
  const match = /^com\.amazonaws\.([a-z0-9-]+)\.([a-z0-9]+)$/.exec(name);
  const [, place, service = ""] = match ?? [];
  const kinds = SERVICES[service];
  return place === region && kinds ? { service, kinds } : undefined;
}

/** A hosted zone id that is always the same for the same name. */
export function hostedZoneId(name: string): string {
  return `Z${createHash("sha256").update(name).digest("hex").slice(0, 14).toUpperCase()}`;
}
