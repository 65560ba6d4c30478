/** A port, as the agent reads it: 0 lets the client choose. */
const LOCAL_PORT = {
  type: "String",
  default: "0",
  allowedPattern: "^(0|[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])$",
} as const;

/** What a session document pins. */
export interface PinnedEndpoint {
  readonly estate: string;
  readonly env: string;
  readonly cluster: string;
  readonly endpoint: "writer" | "reader";
  /** Real endpoint name of the cluster. */
  readonly host: string;
  readonly port: number;
}

/** Minutes without traffic, and minutes in all, after which Session Manager ends a session. */
const IDLE_MINUTES = "20";
const MAX_MINUTES = "480";

/**
 * The content of the session document for one endpoint (Systems Manager user guide, "Session document schema"). Host and port
 * are fixed: whoever starts a session chooses the local port only.
 *
 * @returns compact JSON; its SHA-256 is what the descriptor carries.
 */
export function sessionDocument(pinned: PinnedEndpoint): string {
  return JSON.stringify({
    schemaVersion: "1.0",
    description: `Tunnel to the ${pinned.endpoint} of ${pinned.cluster} (${pinned.estate}/${pinned.env}) only`,
    sessionType: "Port",
    inputs: { idleSessionTimeout: IDLE_MINUTES, maxSessionDuration: MAX_MINUTES },
    parameters: { localPortNumber: LOCAL_PORT },
    properties: {
      host: pinned.host,
      portNumber: String(pinned.port),
      type: "LocalPortForwarding",
      localPortNumber: "{{ localPortNumber }}",
    },
  });
}
