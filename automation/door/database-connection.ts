import type { TLSSocket } from "node:tls";
import { Client } from "pg";
import { translateLoginError } from "./database-errors";

/** A login to a database over verified TLS. */
export interface DatabaseRequest {
  /** A fresh stream to the database with TLS verified; it belongs to the connection from now on. */
  readonly secure: TLSSocket;
  /** The real endpoint: for messages. */
  readonly endpoint: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  /** For the login, milliseconds. */
  readonly connectTimeoutMs: number;
  readonly applicationName: string;
  /** Ends the connection, whether it is logged in or not. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Logs in with `pg`. The caller ends the client.
 *
 * Errors: DB_LOGIN_REFUSED (28000, 28P01, 42501), TARGET_UNKNOWN (no such database), DB_UNREACHABLE; the signal's reason.
 */
export async function connectDatabase(request: DatabaseRequest): Promise<Client> {
  const { secure, user, password, database, endpoint, signal } = request;
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
  const abort = (): void => void secure.destroy();
  signal?.addEventListener("abort", abort, { once: true });
  // A signal may live for days, and see many connections.
  secure.once("close", () => signal?.removeEventListener("abort", abort));
  try {
    signal?.throwIfAborted();
    await client.connect();
    return client;
  } catch (thrown) {
    secure.destroy();
    signal?.throwIfAborted();
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
