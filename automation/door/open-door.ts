import type { Duplex } from "node:stream";
import type { TLSSocket } from "node:tls";
import type { Client } from "pg";
import { rdsToken } from "../auth/rds-token";
import type { CredentialSource } from "../aws/options";
import { makeUrlSigner, type UrlSigner } from "../aws/sign-url";
import { Closer } from "../core/closer";
import type { Clock } from "../core/clock";
import type { Redactor } from "../core/redactor";
import { connectDatabase } from "./database-connection";
import type { DoorTarget } from "./door-target";
import { resolveDoor, type DoorCalls, type ResolvedDoor } from "./resolve-door";
import { upgradeTls } from "./upgrade-tls";

/** A port-forwarding session over the data channel, as far as a door needs it. */
export interface DoorTunnel {
  openStream(): Promise<Duplex>;
  close(): Promise<void>;
}

/** Opens the data channel of a started session. */
export type OpenTunnel = (session: {
  readonly streamUrl: string;
  readonly tokenValue: string;
  readonly sessionId: string;
  readonly sign: UrlSigner;
  readonly clock: Clock;
  readonly randomBytes: (size: number) => Buffer;
  readonly connectTimeoutMs: number;
  readonly signal?: AbortSignal;
}) => Promise<DoorTunnel>;

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
  readonly signal?: AbortSignal | undefined;
}

/** A login through an open door. `password` left out: an IAM token of the door's credentials. */
export interface DatabaseLogin {
  readonly user: string;
  readonly database: string;
  readonly password?: string;
}

/** An open door: connections through one session. Closing it ends the session; end the connections first. */
export interface Door extends ResolvedDoor {
  readonly sessionId: string;
  openStream(): Promise<Duplex>;
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
 * Errors: those of `resolveDoor`, of StartSession (AUTH_FORBIDDEN, TUNNEL_TARGET_NOT_CONNECTED) and of the tunnel.
 */
export async function openDoor(request: OpenDoorRequest): Promise<Door> {
  const { target, calls, clock, signal, connectTimeoutMs } = request;
  const resolved = await resolveDoor(target, calls);
  const session = await calls.ssm.startSession({ target: resolved.instanceId, documentName: resolved.documentName });
  request.redactor.register(session.tokenValue);
  request.redactor.register(session.streamUrl);
  const closer = new Closer();
  // A backstop: the tunnel's own farewell ends the session too, and a session that is gone is no failure.
  closer.add(() => calls.ssm.terminateSession(session.sessionId).catch(() => undefined));
  try {
    const tunnel = await request.openTunnel({
      ...session,
      sign: makeUrlSigner({ region: target.region, service: "ssmmessages", credentials: request.credentials, clock }),
      clock,
      randomBytes: request.randomBytes,
      connectTimeoutMs,
      ...(signal ? { signal } : {}),
    });
    closer.add(() => tunnel.close());
    return {
      ...resolved,
      sessionId: session.sessionId,
      openStream: () => tunnel.openStream(),
      openSecureStream: (stop) => openSecureStream(request, resolved, tunnel, stop),
      password: (user) => tokenFor(request, resolved, user),
      openDatabase: (login) => openDatabase(request, resolved, tunnel, login),
      close: () => closer.close(),
    };
  } catch (error) {
    await closer.close();
    throw error;
  }
}

/** One token per connection: it is valid for a quarter of an hour only. */
function tokenFor(request: OpenDoorRequest, { host: endpoint, port }: ResolvedDoor, user: string): Promise<string> {
  const { credentials, redactor } = request;
  return rdsToken({ region: request.target.region, credentials, endpoint, port, user, redactor });
}

async function openSecureStream(
  request: OpenDoorRequest,
  { host: endpoint }: ResolvedDoor,
  tunnel: DoorTunnel,
  stop: AbortSignal | undefined,
): Promise<TLSSocket> {
  const signals = [request.signal, stop].filter((signal) => signal !== undefined);
  return upgradeTls({
    stream: await tunnel.openStream(),
    endpoint,
    authorities: request.authorities,
    timeoutMs: request.connectTimeoutMs,
    clock: request.clock,
    signal: signals.length === 0 ? undefined : AbortSignal.any(signals),
  });
}

async function openDatabase(
  request: OpenDoorRequest,
  resolved: ResolvedDoor,
  tunnel: DoorTunnel,
  login: DatabaseLogin,
): Promise<Client> {
  const { host: endpoint, port } = resolved;
  const password = login.password ?? (await tokenFor(request, resolved, login.user));
  return connectDatabase({
    stream: await tunnel.openStream(),
    endpoint,
    port,
    user: login.user,
    password,
    database: login.database,
    authorities: request.authorities,
    connectTimeoutMs: request.connectTimeoutMs,
    applicationName: request.applicationName,
    clock: request.clock,
    signal: request.signal,
  });
}
