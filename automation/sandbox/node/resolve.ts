import type { CloudObject, Estate } from "../account/estate";
import type { ClusterRuntime, Destination } from "../account/ports";
import { nameProblem } from "../network/reaches-cluster";
import { isForbidden } from "./forbidden-destination";

/** Whether a host is an address already, and no name. @example isLiteralAddress("10.0.0.5") // true */
export function isLiteralAddress(host: string): boolean {
  return /^[\d.]+$|:/.test(host);
}

/**
 * Looks up a session's host as the agent does when a session begins (amazon-ssm-agent, `agent/session/plugins/port/port.go`,
 * validateParameters); the address holds for the whole session. Rejects with the agent's own sentence, which ends the session:
 * a name that does not resolve, or an address that is never forwarded to.
 */
export async function resolveFrom(
  estate: Estate,
  clusters: ClusterRuntime,
  instance: CloudObject,
  host: string,
  port: number,
): Promise<Destination> {
  if (isForbidden(estate, instance, host)) throw new Error(`Forwarding to IP address ${host} is forbidden.`);
  const isName = !isLiteralAddress(host) && host.toLowerCase() !== "localhost";
  if (isName && nameProblem(estate, instance, host) !== undefined) throw new Error(`lookup ${host}: no such host`);
  return { host, port, address: isName ? clusters.resolve(host, port) : undefined };
}
