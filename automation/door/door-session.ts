import { makeUrlSigner } from "../aws/sign-url";
import type { TunnelEvent } from "../tunnel/tunnel";
import type { Tunnel } from "../tunnel/tunnel";
import type { OpenDoorRequest } from "./open-door";
import { resolveDoor, type ResolvedDoor } from "./resolve-door";

/** A session through a door: where it leads, and its tunnel. Closing the tunnel ends the session. */
export interface DoorSession {
  readonly resolved: ResolvedDoor;
  readonly sessionId: string;
  readonly tunnel: Tunnel;
}

/**
 * Asks AWS where the door is now (the bastion may have been replaced), starts a session with its pinned document and opens its tunnel.
 *
 * Errors: those of `resolveDoor`, of StartSession (AUTH_FORBIDDEN, TUNNEL_TARGET_NOT_CONNECTED) and of the tunnel.
 */
export async function openDoorSession(
  request: OpenDoorRequest,
  signal: AbortSignal | undefined,
  report: (event: TunnelEvent) => void,
): Promise<DoorSession> {
  const { target, calls, clock, redactor, credentials } = request;
  const resolved = await resolveDoor(target, calls);
  const session = await calls.ssm.startSession({ target: resolved.instanceId, documentName: resolved.documentName });
  const keepSecret = ({ tokenValue, streamUrl }: { tokenValue: string; streamUrl: string }): void => {
    redactor.register(tokenValue);
    redactor.register(streamUrl);
  };
  keepSecret(session);
  // A backstop: the tunnel's own farewell ends the session too, and a session that is gone is no failure.
  const terminate = (): Promise<void> => calls.ssm.terminateSession(session.sessionId).catch(() => undefined);
  try {
    const tunnel = await request.openTunnel({
      ...session,
      resume: async () => {
        const access = await calls.ssm.resumeSession(session.sessionId);
        if (access) keepSecret(access);
        return access;
      },
      sign: makeUrlSigner({ region: target.region, service: "ssmmessages", credentials, clock }),
      clock,
      randomBytes: request.randomBytes,
      connectTimeoutMs: request.connectTimeoutMs,
      onEvent: report,
      ...(request.network ? { network: request.network } : {}),
      ...(signal ? { signal } : {}),
    });
    return { resolved, sessionId: session.sessionId, tunnel: endingSession(tunnel, terminate) };
  } catch (error) {
    await terminate();
    throw error;
  }
}

/** The tunnel, whose end is the session's, whoever brought it about. */
function endingSession(tunnel: Tunnel, terminate: () => Promise<void>): Tunnel {
  let ended: Promise<void> | undefined;
  const once = (): Promise<void> => (ended ??= terminate());
  void tunnel.closed.then(({ by }) => (by === "us" ? undefined : once()));
  return {
    openStream: () => tunnel.openStream(),
    get load() {
      return tunnel.load;
    },
    closed: tunnel.closed,
    close: async () => {
      await tunnel.close();
      await once();
    },
  };
}
