import { connect } from "node:net";
import type { Duplex } from "node:stream";
import type { CloudObject, Estate } from "../account/estate";
import type { ClusterRuntime, Destination } from "../account/ports";
import { reachesCluster } from "../network/reaches-cluster";
import { isLiteralAddress } from "./resolve";

/** An error as the system's network stack would give it. */
function refused(message: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`ECONNREFUSED: ${message}`), { code: "ECONNREFUSED" });
}

/**
 * Dials as the agent on an instance does, an address that it found earlier. The way there is judged in the simulated network; the
 * only addresses that are ever opened on this machine are those behind a running cluster.
 * - a rule is missing, or nothing is at an address: no answer, until `signal` aborts (rejects with its reason)
 * - nothing listens, or the name leads elsewhere by now: ECONNREFUSED
 */
export async function dialFrom(
  estate: Estate,
  clusters: ClusterRuntime,
  instance: CloudObject,
  { host, port, address }: Destination,
  signal: AbortSignal,
): Promise<Duplex> {
  signal.throwIfAborted();
  if (isOwnHost(host)) throw refused(`nothing listens on ${host}:${port} of ${instance.id}`);
  if (isLiteralAddress(host)) return silence(signal);
  if (!reachesCluster(estate, instance, host, port).ok) return silence(signal);
  const present = clusters.resolve(host, port);
  if (!present) throw refused(`nothing listens on ${host}:${port}`);
  if (address && (address.host !== present.host || address.port !== present.port))
    throw refused(`nothing listens any more where ${host}:${port} was`);
  return open(present, signal);
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
