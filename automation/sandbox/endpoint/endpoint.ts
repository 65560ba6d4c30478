import net from "node:net";
import tls from "node:tls";
import type { Duplex } from "node:stream";
import { forwardCancel, splice } from "./backend";
import { ByteReader } from "./byte-reader";
import {
  ASK_PASSWORD,
  fatal,
  LONGEST_PASSWORD,
  noEncryption,
  pamFailed,
  passwordOf,
  protocolViolation,
  type Refusal,
} from "./server-messages";
import { firstPacketLength, parseFirstPacket, startupMessage, type FirstPacket } from "./startup-packet";

/** How one login is judged and where it goes then. */
export interface EndpointPorts {
  /** Does the login go by IAM token (true), or is it PostgreSQL's own business? Read anew for each login. */
  usesIam(user: string): Promise<boolean>;
  /** Accepts (true) or refuses a token; the reason of a refusal is logged by the port. */
  acceptsToken(token: string, user: string): boolean;
  /** A new connection to PostgreSQL: trusted socket, or loopback where PostgreSQL asks for the password. */
  connect(how: "trusted" | "password"): net.Socket;
}

/** Certificate and limits of an endpoint. */
export interface EndpointOptions {
  readonly key: string;
  readonly cert: string;
  /** A login must be complete within this time, milliseconds (PostgreSQL's authentication_timeout is a minute). */
  readonly loginTimeoutMs: number;
}

/** A listening endpoint. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
  /** Stops listening and ends every connection. */
  close(): Promise<void>;
}

type Startup = Extract<FirstPacket, { kind: "startup" }>;

/** Stands before PostgreSQL as RDS does: TLS with the cluster's name, then the judgement of the login, then bytes in both directions. */
export async function startEndpoint(options: EndpointOptions, ports: EndpointPorts): Promise<Endpoint> {
  const secureContext = tls.createSecureContext({ key: options.key, cert: options.cert, minVersion: "TLSv1.2" });
  const open = new Set<net.Socket>();
  const server = net.createServer({ allowHalfOpen: false }, (socket) => {
    open.add(socket);
    socket.once("close", () => open.delete(socket)).on("error", () => undefined);
    socket.setTimeout(options.loginTimeoutMs, () => socket.destroy());
    welcome(socket, secureContext, ports).then(
      () => socket.setTimeout(0),
      () => socket.destroy(),
    );
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as net.AddressInfo;
  const close = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of open) socket.destroy();
    await closed;
  };
  return { host: "127.0.0.1", port, close };
}

async function welcome(socket: net.Socket, secureContext: tls.SecureContext, ports: EndpointPorts): Promise<void> {
  const plain = new ByteReader(socket);
  let first = await readFirst(socket, plain);
  // libpq asks for GSS encryption first where it has a ticket; N makes it go on with TLS.
  if (first?.kind === "gss") {
    socket.write("N");
    first = await readFirst(socket, plain);
  }
  if (first === undefined) return;
  if (first.kind === "cancel") return forwardCancel(socket, ports.connect("trusted"), first.raw);
  if (first.kind === "startup")
    return refuse(socket, noEncryption(socket.remoteAddress ?? "", userOf(first), databaseOf(first)));
  // Bytes that came before TLS stand would be taken for encrypted ones (CVE-2021-23222).
  if (first.kind !== "tls" || plain.release().length > 0) return void socket.destroy();
  socket.write("S");
  const secure = new tls.TLSSocket(socket, { isServer: true, secureContext });
  secure.on("error", () => socket.destroy());
  const reader = new ByteReader(secure);
  const second = await readFirst(secure, reader);
  if (second === undefined) return;
  if (second.kind === "cancel") return forwardCancel(secure, ports.connect("trusted"), second.raw);
  if (second.kind !== "startup")
    return refuse(secure, protocolViolation("received unencrypted data after SSL request"));
  await login(secure, reader, second, ports);
}

async function login(client: Duplex, reader: ByteReader, startup: Startup, ports: EndpointPorts): Promise<void> {
  const user = userOf(startup);
  if (user === "")
    return refuse(client, { sqlState: "28000", message: "no PostgreSQL user name specified in startup packet" });
  const iam = await ports.usesIam(user);
  if (iam) {
    client.write(ASK_PASSWORD);
    const token = await readPassword(reader);
    if (token === undefined || !ports.acceptsToken(token, user)) return refuse(client, pamFailed(user));
  }
  const backend = ports.connect(iam ? "trusted" : "password");
  splice(client, reader.release(), backend, startupMessage(startup.version, startup.parameters));
}

/** Reads one first packet; a malformed one is answered as PostgreSQL does and gives undefined. */
async function readFirst(stream: Duplex, reader: ByteReader): Promise<FirstPacket | undefined> {
  try {
    const length = firstPacketLength(await reader.peek(4)) ?? 8;
    return parseFirstPacket(await reader.take(length));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    refuse(stream, protocolViolation(error.message));
    return undefined;
  }
}

async function readPassword(reader: ByteReader): Promise<string | undefined> {
  const length = (await reader.peek(5)).readUInt32BE(1);
  return length < 5 || length > LONGEST_PASSWORD ? undefined : passwordOf(await reader.take(length + 1));
}

function refuse(stream: Duplex, refusal: Refusal): void {
  stream.end(fatal(refusal));
}

function userOf(startup: Startup): string {
  return startup.parameters.get("user") ?? "";
}

function databaseOf(startup: Startup): string {
  return startup.parameters.get("database") ?? userOf(startup);
}
