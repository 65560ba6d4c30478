import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { Client, type ClientConfig } from "pg";
import { systemClock } from "../../../../automation/core/clock";
import { upgradeTls } from "../../../../automation/door/upgrade-tls";
import { openProxy } from "../../../../automation/proxy/open-proxy";
import type { OpenProxyRequest, Proxy, ProxyEvent, ProxyUpstream } from "../../../../automation/proxy/proxy-contract";
import { token, WRITER, type TestCluster } from "../../../support/test-cluster";

/** The local secret of the tests. */
export const SECRET = "local-secret-of-a-test_0123456789-abcdefghi";

/** What a proxy told. */
export interface Recorded {
  readonly events: ProxyEvent[];
  /** Waits until an event of the type is there, `count` times. */
  readonly seen: (type: ProxyEvent["type"], count?: number) => Promise<void>;
}

/** A proxy of a test, what it told, and clients of it. */
export interface TestProxy extends Recorded {
  readonly proxy: Proxy;
  /** Streams that were opened to the database. */
  readonly streams: Duplex[];
  client(config?: ClientConfig): Client;
  /** A client that is connected; its errors are thrown away. */
  connect(config?: ClientConfig): Promise<Client>;
  /** What a login is refused with: `SQLSTATE message`, or `accepted`. */
  verdict(config?: ClientConfig): Promise<string>;
  close(): Promise<void>;
}

/** Opens a proxy with the tests' secret on any port. */
export async function openTestProxy(
  upstream: Partial<ProxyUpstream> & Pick<ProxyUpstream, "openStream">,
  more: Partial<OpenProxyRequest> = {},
): Promise<TestProxy> {
  const events: ProxyEvent[] = [];
  const waiting: (() => void)[] = [];
  const streams: Duplex[] = [];
  const user = upstream.user ?? "jane@example.com";
  const proxy = await openProxy({
    listen: { kind: "tcp", host: "127.0.0.1", port: 0 },
    secret: SECRET,
    clock: systemClock,
    randomBytes,
    report: (event) => {
      events.push(event);
      for (const wake of waiting.splice(0)) wake();
    },
    ...more,
    upstream: {
      user,
      database: "postgres",
      password: () => Promise.resolve(token(user)),
      ...upstream,
      openStream: async (signal) => {
        const stream = await upstream.openStream(signal);
        streams.push(stream);
        return stream;
      },
    },
  });
  const seen = async (type: ProxyEvent["type"], count = 1): Promise<void> => {
    while (events.filter((event) => event.type === type).length < count)
      await new Promise<void>((resolve) => waiting.push(resolve));
  };
  const client = (config: ClientConfig = {}): Client => {
    const made = new Client({
      host: proxy.host,
      port: proxy.port,
      user,
      password: SECRET,
      database: "postgres",
      ...config,
    });
    made.on("error", () => undefined);
    return made;
  };
  const connected = async (config?: ClientConfig): Promise<Client> => {
    const made = client(config);
    await made.connect();
    return made;
  };
  const verdict = async (config?: ClientConfig): Promise<string> => {
    try {
      await (await connected(config)).end();
      return "accepted";
    } catch (error) {
      const { code, message } = error as { code?: string; message: string };
      return `${code} ${message}`;
    }
  };
  return { proxy, events, seen, streams, client, connect: connected, verdict, close: () => proxy.close() };
}

/** Streams to a real cluster as the door makes them: TLS, name verified. */
export function streamsTo(cluster: TestCluster): ProxyUpstream["openStream"] {
  return async (signal) => {
    const place = cluster.clusters.resolve(WRITER, 5432);
    if (!place) throw new Error("the cluster does not run");
    const stream = connect(place);
    await once(stream, "connect");
    const authorities = [cluster.authority.caPem];
    return upgradeTls({ stream, endpoint: WRITER, authorities, timeoutMs: 5000, clock: systemClock, signal });
  };
}

/** A raw connection to a proxy. */
export async function rawConnection(to: { port: number; host: string } | { path: string }): Promise<Socket> {
  const socket = connect(to);
  await once(socket, "connect");
  return socket.on("error", () => undefined);
}

/** Everything that comes until the other side ends. */
export async function readToEnd(stream: Duplex): Promise<Buffer> {
  const chunks: Buffer[] = [];
  stream.on("data", (chunk: Buffer) => chunks.push(chunk));
  if (!stream.destroyed) await once(stream, "close");
  return Buffer.concat(chunks);
}

/** SQLSTATE, message, detail and hint of the ErrorResponse in some bytes. */
export function told(bytes: Buffer): Record<string, string> {
  const fields = bytes.subarray(bytes.indexOf("SFATAL\0")).toString("utf8").split("\0");
  return Object.fromEntries(fields.filter((field) => field !== "").map((field) => [field.slice(0, 1), field.slice(1)]));
}

/** Two ends of a connection over loopback. */
export async function socketPair(): Promise<readonly [Socket, Socket]> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const near = connect((server.address() as AddressInfo).port, "127.0.0.1");
  const [[far]] = (await Promise.all([once(server, "connection"), once(near, "connect")])) as [[Socket], unknown];
  server.close();
  for (const each of [near, far]) each.on("error", () => undefined);
  return [near, far];
}

/** Startup parameters as a client without libpq sends them. */
export function parameters(pairs: Readonly<Record<string, string>>): { name: string; value: Buffer }[] {
  return Object.entries(pairs).map(([name, value]) => ({ name, value: Buffer.from(value) }));
}
