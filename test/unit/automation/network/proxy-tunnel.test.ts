import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type AddressInfo, type Server } from "node:net";
import { systemClock, type Clock } from "../../../../automation/core/clock";
import type { SallyportError } from "../../../../automation/core/errors";
import { parseProxy, type ProxyAddress } from "../../../../automation/network/proxy-address";
import { openProxyTunnel, type ProxyTunnelRequest } from "../../../../automation/network/proxy-tunnel";
import {
  closedPort,
  connectProxy,
  tlsFront,
  type ConnectProxy,
  type ProxyManners,
} from "../../../support/connect-proxy";
import { FakeClock } from "../../../support/fake-clock";
import { makeAuthority, type MadeAuthority } from "../../../support/made-certificates";

const HOST = "ssm.eu-west-2.amazonaws.com";
const WAY = `${HOST}:443`;

describe("a tunnel through an HTTP proxy", () => {
  let authority: MadeAuthority;
  let echo: Server;
  let front: ConnectProxy;
  let proxy: ConnectProxy | undefined;
  before(async () => {
    authority = await makeAuthority();
    echo = createServer((socket) => void socket.on("error", () => undefined).pipe(socket)).listen(0, "127.0.0.1");
    await once(echo, "listening");
    front = await tlsFront(await authority.issue([HOST]), (echo.address() as AddressInfo).port);
  });
  after(async () => {
    await front.close();
    await new Promise((resolve) => echo.close(resolve));
  });
  afterEach(() => proxy?.close());

  async function start(manners: ProxyManners = {}): Promise<ConnectProxy> {
    return (proxy = await connectProxy({ routes: { [WAY]: front.port }, ...manners }));
  }
  const at = (url: string): ProxyAddress => parseProxy("HTTPS_PROXY", url) as ProxyAddress;
  const request = (url: string, more: Partial<ProxyTunnelRequest> = {}): ProxyTunnelRequest => ({
    proxy: at(url),
    host: HOST,
    port: 443,
    tls: { ca: authority.ca },
    clock: systemClock,
    timeoutMs: 5_000,
    ...more,
  });

  it("asks for name and port, does TLS by the target's name, and carries bytes both ways", async () => {
    const { port, asked } = await start();
    const socket = await openProxyTunnel(request(`http://127.0.0.1:${port}`));
    socket.write("hello");
    assert.equal(String((await once(socket, "data"))[0]), "hello");
    assert.equal(socket.authorized, true);
    assert.equal(front.asked.at(-1)?.line, HOST);
    assert.deepEqual(
      asked.map(({ line, headers }) => [line, headers.host, headers["proxy-authorization"]]),
      [[`CONNECT ${WAY}`, WAY, undefined]],
    );
    socket.destroy();
  });

  it("gives the proxy user and password, and speaks TLS with a proxy that does", async () => {
    const { port } = await start({ credentials: "jane:s3cret", certificate: await authority.issue(["localhost"]) });
    const url = `https://jane:s3cret@localhost:${port}`;
    const socket = await openProxyTunnel(request(url, { authorities: [authority.ca] }));
    socket.write("bye");
    assert.equal(String((await once(socket, "data"))[0]), "bye");
    socket.destroy();
    await assert.rejects(openProxyTunnel(request(url)), {
      code: "HTTP_PROXY_FAILED",
      message: `The HTTP proxy https://localhost:${port} (HTTPS_PROXY) cannot be reached: unable to verify the first certificate.`,
    });
  });

  it("a refusal is named with what to do, and never with the credentials", async () => {
    const { port } = await start({ credentials: "jane:right" });
    await assert.rejects(
      openProxyTunnel(request(`http://jane:wr0ng-one@127.0.0.1:${port}`)),
      (error: SallyportError) => {
        assert.equal(error.code, "HTTP_PROXY_FAILED");
        assert.equal(
          error.message,
          `The HTTP proxy http://127.0.0.1:${port} (HTTPS_PROXY) refused the way to ${WAY}: 407 Proxy Authentication Required.`,
        );
        assert.doesNotMatch(`${error.stack}${JSON.stringify(error)}`, /wr0ng/);
        return true;
      },
    );
    for (const status of [403, 502, 503, 301]) {
      await proxy?.close();
      const { port: next } = await start({ instead: { answer: [`HTTP/1.1 ${status} Because\u001b[31m`] } });
      await assert.rejects(openProxyTunnel(request(`http://127.0.0.1:${next}`)), {
        code: "HTTP_PROXY_FAILED",
        message: new RegExp(`refused the way to ${WAY.replaceAll(".", "\\.")}: ${status} [A-Z][A-Za-z ]+\\.$`),
      });
    }
  });

  it("bytes that come with the proxy's answer are the target's: what is no TLS fails as such", async () => {
    const { port } = await start({ instead: { answer: ["HTTP/1.1 200 OK", "", "220 mail.example ready"] } });
    await assert.rejects(openProxyTunnel(request(`http://127.0.0.1:${port}`)), { code: /^ERR_SSL_/ });
  });

  it("an IPv6 target is asked for in brackets", async () => {
    const { port, asked } = await start();
    await assert.rejects(openProxyTunnel(request(`http://127.0.0.1:${port}`, { host: "2001:db8::1" })), {
      message: `The HTTP proxy http://127.0.0.1:${port} (HTTPS_PROXY) refused the way to [2001:db8::1]:443: 502 Bad Gateway.`,
    });
    assert.equal(asked[0]?.line, "CONNECT [2001:db8::1]:443");
  });

  it("a proxy that is not there, hangs up or speaks something else is named", async () => {
    const closed = await closedPort();
    await assert.rejects(openProxyTunnel(request(`http://127.0.0.1:${closed}`)), {
      code: "HTTP_PROXY_FAILED",
      message: `The HTTP proxy http://127.0.0.1:${closed} (HTTPS_PROXY) cannot be reached: connect ECONNREFUSED 127.0.0.1:${closed}.`,
      next: "check that HTTPS_PROXY names the right proxy and that it runs, or unset it",
    });
    const { port } = await start({ instead: "hang up" });
    await assert.rejects(openProxyTunnel(request(`http://127.0.0.1:${port}`)), {
      code: "HTTP_PROXY_FAILED",
      message: `The HTTP proxy http://127.0.0.1:${port} (HTTPS_PROXY) closed the connection without an answer.`,
    });
    await proxy?.close();
    const other = await start({ instead: { answer: ["SSH-2.0-OpenSSH_9.9"] } });
    await assert.rejects(openProxyTunnel(request(`http://127.0.0.1:${other.port}`)), {
      code: "HTTP_PROXY_FAILED",
      message: `The HTTP proxy http://127.0.0.1:${other.port} (HTTPS_PROXY) cannot be reached: Parse Error: Expected HTTP/, RTSP/ or ICE/.`,
    });
  });

  it("a proxy that hangs is given up on by the clock, before and after its answer", async () => {
    const { port, asked } = await start({ instead: "silence" });
    await givenUp(
      (clock) => openProxyTunnel(request(`http://127.0.0.1:${port}`, { clock })),
      () => asked.length === 1,
      `The HTTP proxy http://127.0.0.1:${port} (HTTPS_PROXY) did not answer within 5 s.`,
    );
    await proxy?.close();
    const held = await start({ instead: "hold" });
    let sleeps = 0;
    await givenUp(
      (clock) => {
        const counting: Clock = {
          now: () => clock.now(),
          sleep: (ms, signal) => ((sleeps += 1), clock.sleep(ms, signal)),
        };
        return openProxyTunnel(request(`http://127.0.0.1:${held.port}`, { clock: counting }));
      },
      () => sleeps === 2,
      `${WAY} did not complete TLS within 5 s through the HTTP proxy http://127.0.0.1:${held.port} (HTTPS_PROXY).`,
    );
  });

  it("an aborted signal ends it with the signal's reason", async () => {
    const { port, asked } = await start({ instead: "silence" });
    const stop = new AbortController();
    const opening = openProxyTunnel(request(`http://127.0.0.1:${port}`, { signal: stop.signal }));
    const ended = assert.rejects(opening, { message: "Ctrl-C" });
    await until(() => asked.length === 1);
    stop.abort(new Error("Ctrl-C"));
    await ended;
    await assert.rejects(openProxyTunnel(request(`http://127.0.0.1:${port}`, { signal: stop.signal })), {
      message: "Ctrl-C",
    });
  });

  it("the target's certificate is verified by the target's name and the given authorities, not the proxy's", async () => {
    const { port } = await start({ routes: { [WAY]: front.port, "rds.eu-west-2.amazonaws.com:443": front.port } });
    const url = `http://127.0.0.1:${port}`;
    await assert.rejects(openProxyTunnel(request(url, { host: "rds.eu-west-2.amazonaws.com" })), {
      code: "ERR_TLS_CERT_ALTNAME_INVALID",
    });
    await assert.rejects(openProxyTunnel(request(url, { tls: {} })), { code: "UNABLE_TO_VERIFY_LEAF_SIGNATURE" });
  });
});

async function givenUp(
  open: (clock: FakeClock) => Promise<unknown>,
  stuck: () => boolean,
  message: string,
): Promise<void> {
  const clock = new FakeClock();
  const ended = assert.rejects(open(clock), { code: "HTTP_PROXY_FAILED", message });
  await until(stuck);
  await clock.advance(5_000);
  await ended;
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}
