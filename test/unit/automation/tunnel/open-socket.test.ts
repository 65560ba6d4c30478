import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import { createServer, type AddressInfo, type Server } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { systemClock } from "../../../../automation/core/clock";
import { openSocket, type SocketRequest } from "../../../../automation/tunnel/open-socket";
import { FakeClock } from "../../../support/fake-clock";
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
