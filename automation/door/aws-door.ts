import type { AwsOptions } from "../aws/options";
import { makeRds } from "../aws/rds";
import { makeSsm } from "../aws/ssm";
import { openTunnel } from "../tunnel/tunnel";
import { openDoor, type Door, type OpenDoorRequest } from "./open-door";
import { renewedCalls } from "./renewed-calls";
import type { DoorCalls } from "./resolve-door";

/**
 * The calls of a door over AWS's clients, which outlive their credentials. Ending a session is not bound to the signal: it must happen
 * after Ctrl-C too.
 */
export function awsDoorCalls(options: AwsOptions): DoorCalls {
  return renewedCalls(() => clientCalls(options), options.credentials);
}

function clientCalls(options: AwsOptions): DoorCalls {
  const ssm = makeSsm(options);
  const unbound = makeSsm({ ...options, signal: undefined, attempts: 1 });
  return { rds: makeRds(options), ssm: { ...ssm, terminateSession: (id) => unbound.terminateSession(id) } };
}

/** `openDoor` with AWS's clients and the real tunnel. */
export async function openAwsDoor(
  request: Omit<OpenDoorRequest, "calls" | "openTunnel"> & { readonly endpoint?: string | undefined },
): Promise<Door> {
  const { target, credentials, endpoint, network, clock, signal } = request;
  return openDoor({
    ...request,
    openTunnel,
    calls: awsDoorCalls({ region: target.region, credentials, endpoint, network, clock, signal }),
  });
}
