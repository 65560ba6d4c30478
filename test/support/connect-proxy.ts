import { once } from "node:events";
import { createServer, request as httpRequest, type IncomingMessage, type Server } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { connect, createServer as createNetServer, type AddressInfo, type Server as NetServer } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import type { Duplex } from "node:stream";
import type { MadeCertificate } from "./made-certificates";

/** What a proxy does with a CONNECT. */
export interface ProxyManners {
  /** Port of 127.0.0.1 behind each `host:port` that it allows; 502 for every other. */
  readonly routes?: Readonly<Record<string, number>>;
  /** `user:password` that it asks for with 407. */
  readonly credentials?: string;
  /** Instead of a way: this status line and these header lines, nothing at all, the end of the connection, or other text. */
  readonly instead?: { readonly answer: readonly string[] } | "silence" | "hang up" | "hold";
  /** Speaks TLS itself. */
  readonly certificate?: MadeCertificate;
}

/** A real HTTP proxy on loopback. */
export interface ConnectProxy {
  readonly port: number;
  /** What was asked of it: `CONNECT host:port` or `GET http://…`, with the headers. */
  readonly asked: { readonly line: string; readonly headers: IncomingMessage["headers"] }[];
  close(): Promise<void>;
}

/** Starts a proxy; for CONNECT it opens ways to loopback ports whatever the name asked for. */
export async function connectProxy(manners: ProxyManners = {}): Promise<ConnectProxy> {
  const sockets = new Set<Duplex>();
  const server: Server = manners.certificate ? createHttpsServer(manners.certificate) : createServer();
  const asked: ConnectProxy["asked"] = [];
  server.on("connection", (socket) => void sockets.add(socket.on("error", () => undefined)));
  server.on("connect", (request, socket, head) => {
    sockets.add(socket.on("error", () => undefined));
    asked.push({ line: `CONNECT ${request.url ?? ""}`, headers: request.headers });
    const { instead } = manners;
    if (instead === "silence") return;
    if (instead === "hang up") return void socket.destroy();
    if (instead === "hold") return void socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
    if (instead) return void socket.end(`${instead.answer.join("\r\n")}\r\n\r\n`);
    if (!permitted(request, manners)) return void socket.end(`${ASKS_FOR_PASSWORD.join("\r\n")}\r\n\r\n`);
    const port = manners.routes?.[request.url ?? ""];
    if (port === undefined) return void socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
    const onward = connect(port, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      onward.write(head);
      onward.pipe(socket).pipe(onward);
    });
    sockets.add(onward.on("error", () => socket.destroy()));
  });
  server.on("request", (request, response) => {
    asked.push({ line: `${request.method ?? ""} ${request.url ?? ""}`, headers: request.headers });
    if (!permitted(request, manners)) return void response.writeHead(407, { "proxy-authenticate": "Basic" }).end();
    const url = new URL(request.url ?? "");
    const port = manners.routes?.[`${url.hostname}:${url.port || "80"}`];
    if (port === undefined) return void response.writeHead(502).end();
    const { method, headers } = request;
    const onward = httpRequest({ host: "127.0.0.1", port, method, path: url.pathname + url.search, headers });
    onward.on("response", (answer) => answer.pipe(response.writeHead(answer.statusCode ?? 502, answer.headers)));
    request.pipe(onward.on("error", () => response.destroy()));
  });
  return { asked, ...(await listening(server, sockets)) };
}

const ASKS_FOR_PASSWORD = ["HTTP/1.1 407 Proxy Authentication Required", 'Proxy-Authenticate: Basic realm="way out"'];

function permitted({ headers }: IncomingMessage, { credentials }: ProxyManners): boolean {
  if (credentials === undefined) return true;
  return headers["proxy-authorization"] === `Basic ${Buffer.from(credentials, "utf8").toString("base64")}`;
}

/** A TLS server in front of a plain one of loopback: what a name of AWS's leads to behind a proxy. */
export async function tlsFront(certificate: MadeCertificate, port: number): Promise<ConnectProxy> {
  const sockets = new Set<Duplex>();
  const asked: ConnectProxy["asked"] = [];
  const server = createTlsServer(certificate, (socket) => {
    asked.push({ line: String(socket.servername), headers: {} });
    const onward = connect(port, "127.0.0.1");
    for (const one of [socket, onward]) sockets.add(one.on("error", () => void socket.destroy()));
    onward.pipe(socket).pipe(onward);
  });
  server.on("tlsClientError", () => undefined);
  return { asked, ...(await listening(server, sockets)) };
}

/** Listens on a free port of loopback; `close` ends what is in `sockets` too. */
async function listening(server: NetServer, sockets: Iterable<Duplex> = []): Promise<Omit<ConnectProxy, "asked">> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A port of 127.0.0.1 where nobody listens any more. */
export async function closedPort(): Promise<number> {
  const { port, close } = await listening(createNetServer());
  await close();
  return port;
}
