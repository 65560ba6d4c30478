import { connect } from "node:net";
import type { Duplex } from "node:stream";
import type { CloudObject, Estate } from "../account/estate";
import type { ClusterRuntime } from "../account/ports";
import { reachesCluster } from "../network/reaches-cluster";
import { isForbidden } from "./forbidden-destination";

/** An error as the system's resolver or network stack would give it. */
export function systemError(code: "ECONNREFUSED" | "ENOTFOUND", message: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: ${message}`), { code });
}

/**
 * Dials as the agent on an instance does. The destination is judged in the simulated network; the only addresses that are ever
 * opened on this machine are those behind a running cluster.
 * - a rule is missing, or nothing is at an address: no answer, until `signal` aborts (rejects with its reason)
 * - the name does not resolve: ENOTFOUND
 * - nothing listens, or the agent refuses the destination: ECONNREFUSED
 */
export async function dialFrom(
  estate: Estate,
  clusters: ClusterRuntime,
  instance: CloudObject,
  host: string,
  port: number,
  signal: AbortSignal,
): Promise<Duplex> {
  signal.throwIfAborted();
  if (isForbidden(estate, instance, host))
    throw systemError("ECONNREFUSED", `forwarding to IP address ${host} is forbidden`);
  if (isOwnHost(host)) throw systemError("ECONNREFUSED", `nothing listens on ${host}:${port} of ${instance.id}`);
  if (/^[\d.]+$|:/.test(host)) return silence(signal);
  const verdict = reachesCluster(estate, instance, host, port);
  if (!verdict.ok && verdict.kind === "name") throw systemError("ENOTFOUND", verdict.reason);
  if (!verdict.ok) return silence(signal);
  const address = clusters.resolve(host, port);
  if (!address) throw systemError("ECONNREFUSED", `nothing listens on ${host}:${port}`);
  return open(address, signal);
}

function isOwnHost(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|::1)$/i.test(host);
}

/** Packets that are dropped: no answer ever. */
function silence(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) return reject(signal.reason as Error);
    signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
  });
}

function open(address: { readonly host: string; readonly port: number }, signal: AbortSignal): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: address.host, port: address.port, allowHalfOpen: true, noDelay: true });
    const abort = (): void => void socket.destroy(signal.reason as Error);
    const settle = (): void => signal.removeEventListener("abort", abort);
    signal.addEventListener("abort", abort, { once: true });
    socket.once("error", (error) => {
      settle();
      reject(error);
    });
    socket.once("connect", () => {
      settle();
      // A later reset shows as `close`; without a listener it would end the whole process.
      socket.on("error", () => undefined);
      resolve(socket);
    });
  });
}
