import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import { createServer, type AddressInfo, type Server } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { WebSocketServer } from "ws";
import { systemClock } from "../../../../automation/core/clock";
import { openSocket, type SocketRequest } from "../../../../automation/tunnel/open-socket";
import { readProxyRules } from "../../../../automation/network/proxy-rules";
import { connectProxy, tlsFront, type ConnectProxy, type ProxyManners } from "../../../support/connect-proxy";
import { FakeClock } from "../../../support/fake-clock";
import { makeAuthority, type MadeAuthority } from "../../../support/made-certificates";
import { scriptedAgent, type ScriptedAgent } from "../../../support/scripted-agent";

const request = (streamUrl: string, more: Partial<SocketRequest> = {}): SocketRequest => ({
  streamUrl,
  sign: async () => ({}),
  clock: systemClock,
  connectTimeoutMs: 5_000,
  maxFrameBytes: 1_000,
  ...more,
});

async function listening(server: Server): Promise<string> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe("opening the WebSocket", () => {
  const servers: Server[] = [];
  const serve = (server: Server): Promise<string> => listening((servers.push(server), server));
  let agent: ScriptedAgent | undefined;
  afterEach(async () => {
    await agent?.close();
    agent = undefined;
    for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
  });

  it("matrix 8: sends the signer's headers for the very URL, no extension, no subprotocol", async () => {
    agent = await scriptedAgent();
    const urls: string[] = [];
    const socket = await openSocket(
      request(agent.url, {
        sign: async (url) => (urls.push(url), { authorization: "AWS4 x", "x-amz-date": "20260101T000000Z" }),
      }),
    );
    const headers = agent.requests[0]?.headers ?? {};
    assert.deepEqual(urls, [agent.url]);
    assert.equal(headers.authorization, "AWS4 x");
    assert.equal(headers["x-amz-date"], "20260101T000000Z");
    assert.equal(headers["sec-websocket-extensions"], undefined);
    assert.equal(headers["sec-websocket-protocol"], undefined);
    assert.equal(agent.requests[0]?.url, "/v1/data-channel/jane-1?role=publish_subscribe");
    socket.terminate();
  });

  it("matrix 9: HTTP 403 and 401 are AUTH_FORBIDDEN, another answer TUNNEL_CLOSED", async () => {
    for (const [status, code] of [
      [403, "AUTH_FORBIDDEN"],
      [401, "AUTH_FORBIDDEN"],
      [503, "TUNNEL_CLOSED"],
    ] as const) {
      const server = createHttpServer((_request, response) => response.writeHead(status).end());
      const address = await serve(server);
      await assert.rejects(openSocket(request(`ws://${address}/`)), { code, message: new RegExp(`HTTP ${status}`) });
      server.closeAllConnections();
    }
  });

  it("matrix 9: a closed port and an unknown name are AWS_UNREACHABLE", async () => {
    const server = createServer();
    const address = await serve(server);
    await new Promise((resolve) => server.close(resolve));
    await assert.rejects(openSocket(request(`ws://${address}/`)), { code: "AWS_UNREACHABLE", message: /ECONNREFUSED/ });
    await assert.rejects(openSocket(request("wss://ssmmessages.invalid/")), { code: "AWS_UNREACHABLE" });
  });

  it("matrix 9: TLS that fails is no connection", async () => {
    const address = await serve(createTlsServer({}));
    await assert.rejects(openSocket(request(`wss://${address}/`)), (error: { code: string }) =>
      ["AWS_UNREACHABLE", "TLS_UNTRUSTED"].includes(error.code),
    );
  });

  it("a server that never answers is TUNNEL_TIMEOUT, by the clock", async () => {
    const address = await serve(createServer((socket) => void socket.on("error", () => undefined).resume()));
    const clock = new FakeClock();
    const opening = openSocket(request(`ws://${address}/`, { clock, connectTimeoutMs: 3_000 }));
    const refused = assert.rejects(opening, {
      code: "TUNNEL_TIMEOUT",
      message: "The data channel did not open within 3 s.",
    });
    await clock.advance(3_000);
    await refused;
  });

  it("a signer that never answers is TUNNEL_TIMEOUT too", async () => {
    const clock = new FakeClock();
    const opening = openSocket(request("ws://127.0.0.1:1/", { clock, sign: () => new Promise(() => undefined) }));
    const refused = assert.rejects(opening, { code: "TUNNEL_TIMEOUT" });
    await clock.advance(5_000);
    await refused;
  });

  it("an aborted signal ends it with the signal's reason", async () => {
    const stop = new AbortController();
    const opening = openSocket(
      request("ws://127.0.0.1:1/", { signal: stop.signal, sign: () => new Promise(() => undefined) }),
    );
    stop.abort(new Error("Ctrl-C"));
    await assert.rejects(opening, { message: "Ctrl-C" });
  });

  it("matrix 43: refuses addresses that are not secure, without showing the path", async () => {
    for (const [url, shown] of [
      ["ws://ssmmessages.eu-west-2.amazonaws.com/v1/data-channel/secret", "ws://ssmmessages.eu-west-2.amazonaws.com"],
      ["http://127.0.0.1/", "http://127.0.0.1"],
      ["nonsense", "not a URL"],
    ] as const) {
      await assert.rejects(openSocket(request(url)), {
        code: "TUNNEL_PROTOCOL",
        message: `The session's stream address is not secure: ${shown}.`,
      });
    }
  });
});

describe("opening the WebSocket through an HTTP proxy", () => {
  const HOST = "ssmmessages.eu-west-2.amazonaws.com";
  const PATH = "/v1/data-channel/jane-1?role=publish_subscribe&cell-number=AAEAAe%2Bx%3D%3D";
  let authority: MadeAuthority;
  let agent: ScriptedAgent;
  let front: ConnectProxy;
  let proxy: ConnectProxy;
  before(async () => {
    authority = await makeAuthority();
    agent = await scriptedAgent();
    front = await tlsFront(await authority.issue([HOST]), Number(new URL(agent.url).port));
  });
  after(async () => {
    await front.close();
    await agent.close();
  });
  afterEach(() => proxy.close());

  async function open(manners: ProxyManners, more: Partial<SocketRequest> = {}): ReturnType<typeof openSocket> {
    proxy = await connectProxy({ routes: { [`${HOST}:443`]: front.port }, ...manners });
    const url = `http://jane:s3cret@127.0.0.1:${proxy.port}`;
    const proxies = readProxyRules({ HTTPS_PROXY: url, HTTP_PROXY: url });
    return openSocket(request(`wss://${HOST}${PATH}`, { network: { proxies, authorities: [authority.ca] }, ...more }));
  }

  it("goes to the address byte for byte, verified by its name and the network's authorities", async () => {
    const urls: string[] = [];
    const sign = async (url: string) => (urls.push(url), { authorization: "AWS4 x" });
    const socket = await open({ credentials: "jane:s3cret" }, { sign });
    const upgrade = agent.requests.at(-1);
    assert.deepEqual(urls, [`wss://${HOST}${PATH}`]);
    assert.equal(upgrade?.url, PATH);
    assert.deepEqual([upgrade?.headers.host, upgrade?.headers.authorization], [HOST, "AWS4 x"]);
    assert.equal(upgrade?.headers["proxy-authorization"], undefined);
    assert.equal(proxy.asked[0]?.line, `CONNECT ${HOST}:443`);
    assert.equal(proxy.asked[0]?.headers.authorization, undefined);
    const arrived = new Promise((resolve) => socket.once("message", (data) => resolve((data as Buffer).toString())));
    agent.socket().send("through");
    socket.resume();
    assert.equal(await arrived, "through");
    socket.terminate();
  });

  it("this machine is reached without it, by IPv4 and by IPv6", async () => {
    (await open({}, { streamUrl: agent.url })).terminate();
    const six = new WebSocketServer({ host: "::1", port: 0 });
    await once(six, "listening");
    const address = `ws://[::1]:${(six.address() as AddressInfo).port}/`;
    await proxy.close();
    (await open({}, { streamUrl: address })).terminate();
    await new Promise((resolve) => six.close(resolve));
    assert.deepEqual(proxy.asked, []);
  });

  it("a refusal of the proxy's is the proxy's, not Session Manager's", async () => {
    for (const [manners, said] of [
      [{ credentials: "jane:other" }, `refused the way to ${HOST}:443: 407 Proxy Authentication Required.`],
      [{ instead: { answer: ["HTTP/1.1 403 Forbidden"] } }, `refused the way to ${HOST}:443: 403 Forbidden.`],
      [{ routes: {} }, `refused the way to ${HOST}:443: 502 Bad Gateway.`],
      [{ instead: "hang up" }, "closed the connection without an answer."],
    ] as const) {
      await assert.rejects(open(manners), (error: Error & { code?: string }) => {
        assert.equal(error.code, "HTTP_PROXY_FAILED");
        assert.equal(error.message, `The HTTP proxy http://127.0.0.1:${proxy.port} (HTTPS_PROXY) ${said}`);
        return true;
      });
      await proxy.close();
    }
    await assert.rejects(open({}, { network: { proxies: readProxyRules({ HTTPS_PROXY: "socks5://p" }) } }), {
      code: "NETWORK_SETTINGS_INVALID",
    });
  });

  it("a proxy that hangs is named before the data channel's time is up, by the clock", async () => {
    const clock = new FakeClock();
    const opening = open({ instead: "silence" }, { clock, connectTimeoutMs: 5_000 });
    const refused = assert.rejects(opening, {
      code: "HTTP_PROXY_FAILED",
      message: /^The HTTP proxy http:\/\/127\.0\.0\.1:\d+ \(HTTPS_PROXY\) did not answer within 4 s\.$/,
    });
    while (clock.asleep < 2 || proxy.asked.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await clock.advance(4_000);
    await refused;
  });

  it("another authority is TLS_UNTRUSTED, another name TLS_WRONG_NAME", async () => {
    const url = `http://127.0.0.1`;
    const other = [(await makeAuthority()).ca];
    const rules = (): SocketRequest["network"] => ({
      proxies: readProxyRules({ HTTPS_PROXY: `${url}:${proxy.port}` }),
      authorities: other,
    });
    proxy = await connectProxy({ routes: { [`${HOST}:443`]: front.port } });
    await assert.rejects(openSocket(request(`wss://${HOST}/`, { network: rules() })), {
      code: "TLS_UNTRUSTED",
      message:
        "Session Manager's data channel: the server's certificate was not accepted: unable to verify the first certificate.",
    });
    await proxy.close();
    const elsewhere = "ssmmessages.eu-west-1.amazonaws.com";
    await assert.rejects(open({ routes: { [`${elsewhere}:443`]: front.port } }, { streamUrl: `wss://${elsewhere}/` }), {
      code: "TLS_WRONG_NAME",
    });
  });
});
