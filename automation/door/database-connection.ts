import type { Duplex } from "node:stream";
import type { TLSSocket } from "node:tls";
import { Client } from "pg";
import type { Clock } from "../core/clock";
import { translateLoginError } from "./database-errors";
import { upgradeTls } from "./upgrade-tls";

/** A login to a database over a stream that leads to it. */
export interface DatabaseRequest {
  /** A fresh stream of the tunnel; it belongs to the connection from now on. */
  readonly stream: Duplex;
  /** The real endpoint: what the certificate must be for. */
  readonly endpoint: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  /** PEM certificates of the accepted authorities. */
  readonly authorities: readonly string[];
  /** For the server's first answer, and again for the TLS handshake and for the login, milliseconds. */
  readonly connectTimeoutMs: number;
  readonly applicationName: string;
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Logs in with `pg` over verified TLS. The caller ends the client.
 *
 * Errors: those of `upgradeTls`; DB_LOGIN_REFUSED (28000, 28P01, 42501), TARGET_UNKNOWN (no such database), DB_UNREACHABLE.
 */
export async function connectDatabase(request: DatabaseRequest): Promise<Client> {
  const secure = await upgradeTls({ ...request, timeoutMs: request.connectTimeoutMs });
  const { user, password, database, endpoint } = request;
  const client = new Client({
    stream: () => alreadyConnected(secure),
    ssl: false, // the stream is verified TLS already
    host: endpoint,
    port: request.port,
    user,
    password,
    database,
    application_name: request.applicationName,
    connectionTimeoutMillis: request.connectTimeoutMs,
  });
  // A connection that ends between two statements must not end the process; the next statement says so.
  client.on("error", () => undefined);
  // The tunnel's stream may fail after TLS was closed: nobody listens by then.
  request.stream.on("error", () => undefined);
  secure.on("error", () => undefined);
  const abort = (): void => void secure.destroy();
  request.signal?.addEventListener("abort", abort, { once: true });
  try {
    await client.connect();
    return client;
  } catch (thrown) {
    secure.destroy();
    request.signal?.throwIfAborted();
    throw translateLoginError(thrown, { user, database, endpoint });
  }
}

/** pg calls connect() on the stream that it is given and waits for the event; ours is connected. */
function alreadyConnected(socket: TLSSocket): TLSSocket {
  return Object.assign(socket, {
    connect: () => {
      setImmediate(() => socket.emit("connect"));
      return socket;
    },
  });
}
