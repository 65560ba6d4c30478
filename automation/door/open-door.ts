import type { Duplex } from "node:stream";
import type { TLSSocket } from "node:tls";
import type { Client } from "pg";
import { rdsToken } from "../auth/rds-token";
import type { CredentialSource } from "../aws/options";
import type { Clock } from "../core/clock";
import { SallyportError } from "../core/errors";
import type { Redactor } from "../core/redactor";
import type { NetworkSettings } from "../network/network-settings";
import { TunnelPool, type PoolEvent, type TunnelPoolLimits } from "../tunnel/pool/tunnel-pool";
import type { Tunnel, TunnelEvent, TunnelOptions } from "../tunnel/tunnel";
import { connectDatabase } from "./database-connection";
import { openDoorSession, type DoorSession } from "./door-session";
import type { DoorTarget } from "./door-target";
import type { DoorCalls, ResolvedDoor } from "./resolve-door";
import { upgradeTls } from "./upgrade-tls";

/** Opens the data channel of a started session. */
export type OpenTunnel = (session: TunnelOptions) => Promise<Tunnel>;

/** What happens to an open door's sessions: for progress and diagnosis. No secret is in it. */
export type DoorEvent = PoolEvent | TunnelEvent;

/** What opening a door needs. */
export interface OpenDoorRequest {
  readonly target: DoorTarget;
  readonly calls: DoorCalls;
  readonly openTunnel: OpenTunnel;
  readonly credentials: CredentialSource;
  /** PEM certificates of the accepted authorities. */
  readonly authorities: readonly string[];
  readonly clock: Clock;
  readonly randomBytes: (size: number) => Buffer;
  readonly redactor: Redactor;
  /** For each wait on the way, milliseconds. */
  readonly connectTimeoutMs: number;
  readonly applicationName: string;
  /** Proxy and authorities for the data channel. */
  readonly network?: NetworkSettings | undefined;
  /** Other bounds of the pool of sessions than the defaults. */
  readonly pool?: Partial<TunnelPoolLimits> | undefined;
  readonly onEvent?: ((event: DoorEvent) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A login through an open door. `password` left out: an IAM token of the door's credentials. */
export interface DatabaseLogin {
  readonly user: string;
  readonly database: string;
  readonly password?: string;
}

/**
 * An open door: connections through one session or several, which are replaced when they are lost. Where it leads is asked again with
 * each session. Closing it ends them all; end the connections first.
 */
export interface Door extends ResolvedDoor {
  /** Of the first session. */
  readonly sessionId: string;
  openStream(signal?: AbortSignal): Promise<Duplex>;
  /** A stream to the database with TLS verified: a startup message may be sent on it. */
  openSecureStream(signal?: AbortSignal): Promise<TLSSocket>;
  /** An IAM token of the door's credentials for one login: valid for a quarter of an hour, and only for this endpoint. */
  password(user: string): Promise<string>;
  openDatabase(login: DatabaseLogin): Promise<Client>;
  close(): Promise<void>;
}

/**
 * Checks a door, starts a session with its pinned document and opens the tunnel. For people and the runner alike: only where the
 * target and the credentials come from differs.
 *
 * Errors: those of `openDoorSession`.
 */
export async function openDoor(request: OpenDoorRequest): Promise<Door> {
  const { clock, onEvent, signal } = request;
  let latest: DoorSession | undefined;
  const pool = new TunnelPool({
    clock,
    limits: { queueMs: Math.max(request.connectTimeoutMs, 1), ...request.pool },
    ...(onEvent ? { onEvent } : {}),
    open: async (stop) => {
      const either = signal ? AbortSignal.any([signal, stop]) : stop;
      latest = await openDoorSession(request, either, (event) => onEvent?.(event));
      return latest.tunnel;
    },
  });
  await pool.start();
  const first = latest as unknown as DoorSession;
  // A fail-over keeps the endpoint's name; only a cluster made anew has another.
  const place = (): ResolvedDoor => latest?.resolved ?? first.resolved;
  return {
    ...first.resolved,
    sessionId: first.sessionId,
    openStream: (stop) => pool.openStream(stop),
    openSecureStream: (stop) => openSecureStream(request, place(), pool, stop),
    password: (user) => tokenFor(request, place(), user),
    openDatabase: (login) => openDatabase(request, place(), pool, login),
    close: () => pool.close(),
  };
}

/** One token per connection: it is valid for a quarter of an hour only. */
function tokenFor(request: OpenDoorRequest, { host: endpoint, port }: ResolvedDoor, user: string): Promise<string> {
  const { credentials, redactor } = request;
  return rdsToken({ region: request.target.region, credentials, endpoint, port, user, redactor });
}

/**
 * Once more if the session ended under the stream, or if its address turned out to be an old one (a fail-over shows by a refused dial):
 * until TLS is up nothing of the caller's was sent.
 */
async function openSecureStream(
  request: OpenDoorRequest,
  door: ResolvedDoor,
  pool: TunnelPool,
  stop: AbortSignal | undefined,
): Promise<TLSSocket> {
  try {
    return await secureStream(request, door, pool, stop);
  } catch (error) {
    const code = error instanceof SallyportError ? error.code : undefined;
    if (code !== "TUNNEL_CLOSED" && !(code === "TUNNEL_DIAL_REFUSED" && pool.doubts)) throw error;
    return secureStream(request, door, pool, stop);
  }
}

async function secureStream(
  request: OpenDoorRequest,
  { host: endpoint }: ResolvedDoor,
  pool: TunnelPool,
  stop: AbortSignal | undefined,
): Promise<TLSSocket> {
  const signals = [request.signal, stop].filter((signal) => signal !== undefined);
  const signal = signals.length === 0 ? undefined : AbortSignal.any(signals);
  return upgradeTls({
    stream: await pool.openStream(signal),
    endpoint,
    authorities: request.authorities,
    timeoutMs: request.connectTimeoutMs,
    clock: request.clock,
    signal,
  });
}

async function openDatabase(
  request: OpenDoorRequest,
  resolved: ResolvedDoor,
  pool: TunnelPool,
  login: DatabaseLogin,
): Promise<Client> {
  const { host: endpoint, port } = resolved;
  const password = login.password ?? (await tokenFor(request, resolved, login.user));
  return connectDatabase({
    secure: await openSecureStream(request, resolved, pool, undefined),
    endpoint,
    port,
    user: login.user,
    password,
    database: login.database,
    connectTimeoutMs: request.connectTimeoutMs,
    applicationName: request.applicationName,
    signal: request.signal,
  });
}
