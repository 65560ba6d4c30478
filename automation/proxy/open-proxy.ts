import net from "node:net";
import { createSecureContext, type SecureContext } from "node:tls";
import { SallyportError } from "../core/errors";
import { CancelKeys } from "./cancel-keys";
import { listen } from "./listen";
import type { OpenProxyRequest, Proxy } from "./proxy-contract";
import { scramKeys } from "./scram/scram-keys";
import { Session, type SessionShared } from "./session";

const MAX_CONNECTIONS = 100;
const LOGIN_TIMEOUT_MS = 15_000;
/** Sockets beyond the places: clients that log in, psql's probes, cancel requests. Whoever comes then is hung up on. */
const SPARE_SOCKETS = 100;

/**
 * Opens a PostgreSQL-aware proxy: clients log in with the local secret (SCRAM-SHA-256) and get a session of `upstream.user` at the
 * database; from its first ReadyForQuery on, bytes are passed on without being read.
 *
 * @throws SallyportError PROXY_PORT_TAKEN, PROXY_SOCKET_PATH, USAGE for an address that is not loopback or a port without secret
 */
export async function openProxy(request: OpenProxyRequest): Promise<Proxy> {
  checkListen(request);
  const shared = share(request);
  const sessions = new Map<Session, Promise<void>>();
  let count = 0;
  const server = net.createServer({ noDelay: true, keepAlive: true }, (socket) => {
    const session = new Session(socket, (count += 1), shared);
    const gone = new Promise<void>((resolve) => socket.once("close", () => resolve()));
    const run = Promise.all([session.run(), gone]).then(() => void sessions.delete(session));
    sessions.set(session, run);
  });
  server.maxConnections = shared.maxConnections + SPARE_SOCKETS;
  const port = await listen(server, request.listen);
  let closing: Promise<void> | undefined;
  const close = async (graceMs: number): Promise<void> => {
    const stopped = new Promise<void>((resolve) => server.close(() => resolve()));
    if (graceMs > 0) await within(request, graceMs, Promise.all(sessions.values()));
    for (const session of sessions.keys()) session.stop();
    await Promise.all([stopped, ...sessions.values()]);
  };
  return {
    host: request.listen.kind === "tcp" ? request.listen.host : request.listen.folder,
    port,
    get connections() {
      return shared.places.size;
    },
    close: (graceMs = 0) => (closing ??= close(graceMs)),
  };
}

/** The types say it already; a caller's mistake must still not open a door to the network. */
function checkListen({ listen: at, secret }: OpenProxyRequest): void {
  if (at.kind === "socket") return;
  if (!["127.0.0.1", "::1"].includes(at.host))
    throw new SallyportError("USAGE", { message: `A proxy listens on loopback only, not on ${String(at.host)}.` });
  if (secret === undefined || secret === "")
    throw new SallyportError("USAGE", { message: "A proxy on a port needs a local secret." });
}

function share(request: OpenProxyRequest): SessionShared {
  const { secret, randomBytes, clock, upstream } = request;
  const keys = secret === undefined ? undefined : scramKeys(secret, randomBytes(16));
  const nonce = (): string => randomBytes(18).toString("base64");
  let context: Promise<SecureContext> | undefined;
  return {
    request,
    login: { scram: keys && { keys, nonce }, user: upstream.user },
    loginTimeoutMs: request.loginTimeoutMs ?? LOGIN_TIMEOUT_MS,
    maxConnections: request.maxConnections ?? MAX_CONNECTIONS,
    places: new Set(),
    keys: new CancelKeys(),
    context:
      request.listen.kind === "socket"
        ? undefined
        : () => (context ??= makeContext(clock.now(), request.randomBytes(16))),
  };
}

/** Made when the first client asks for TLS: most never do, and the certificate's library takes a while to load. */
async function makeContext(now: number, serial: Buffer): Promise<SecureContext> {
  const { makeLocalCertificate } = require("./local-certificate") as typeof import("./local-certificate");
  return createSecureContext({ ...(await makeLocalCertificate(now, serial)), minVersion: "TLSv1.2" });
}

async function within({ clock }: OpenProxyRequest, ms: number, work: Promise<unknown>): Promise<void> {
  const over = new AbortController();
  const late = clock.sleep(ms, over.signal).catch(() => undefined);
  await Promise.race([work, late]);
  over.abort();
}
