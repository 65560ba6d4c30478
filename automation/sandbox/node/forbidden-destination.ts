import type { CloudObject, Estate } from "../account/estate";
import { instanceInterface, vpcOf } from "../network/interfaces";
import { parseRange } from "../network/ipv4";
import { textOf } from "../network/read-props";

/** Metadata, DNS, time and Windows services of the host (amazon-ssm-agent, agent/session/plugins/port: the list it refuses). */
const HOST_SERVICES: ReadonlySet<string> = new Set([
  "169.254.169.254",
  "169.254.169.253",
  "169.254.169.123",
  "169.254.169.250",
  "169.254.169.251",
  "fd00:ec2::254",
  "fd00:ec2::253",
  "fd00:ec2::123",
  "fd00:ec2::240",
]);

/** The first four addresses of the VPC and the last one are AWS's own. */
const RESERVED_AT_START = 4;

/**
 * Whether the agent refuses to forward to an address: the host's services, and the reserved addresses of the VPC's primary network.
 * Everything else it tries.
 *
 * @example isForbidden(estate, instance, "169.254.169.254") // true
 */
export function isForbidden(estate: Estate, instance: CloudObject, host: string): boolean {
  if (HOST_SERVICES.has(host.toLowerCase())) return true;
  const own = instanceInterface(estate, instance);
  const network = own && parseRange(textOf(vpcOf(estate, own.vpcId, instance.account)?.props.cidrBlock) ?? "");
  const address = parseRange(host);
  if (!network || !address || host.includes("/")) return false;
  const offset = address.first - network.first;
  return (offset >= 0 && offset < RESERVED_AT_START) || offset === network.size - 1;
}
