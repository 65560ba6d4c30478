import assert from "node:assert/strict";
import { once } from "node:events";
import http, { type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { askControl } from "../../../../../automation/sandbox/daemon/control-client";
import { ControlRefusal, makeControl } from "../../../../../automation/sandbox/daemon/control";
import { ProviderInstances } from "../../../../../automation/sandbox/daemon/provider-instances";

const TOKEN = "control-token";
const ORDER = { package: "aws", version: "7.48.0", environment: {} };

describe("control routes", () => {
  let server: Server;
  let address: { endpointUrl: string; controlToken: string };
  let closed: Promise<void>;
  let providers: ProviderInstances;

  beforeEach(async () => {
    let isClosed: () => void = () => undefined;
    closed = new Promise((resolve) => (isClosed = resolve));
    providers = new ProviderInstances((order) =>
      order.package === "aws"
        ? Promise.resolve({ port: 4711, close: () => Promise.resolve(isClosed()) })
        : Promise.reject(new Error(`no provider ${order.package}`)),
    );
    const routes = {
      "GET status": () => Promise.resolve({ fine: true }),
      "POST echo": (body: unknown) => Promise.resolve(body),
      "POST nothing": () => Promise.resolve(undefined),
      "POST refused": () => Promise.reject(new ControlRefusal(409, "not now")),
      "POST broken": () => Promise.reject(new Error("broken")),
    };
    const control = makeControl({ token: TOKEN, providers, routes });
    server = http
      .createServer((request, response) => void (control(request, response) || response.writeHead(418).end()))
      .listen(0, "127.0.0.1");
    await once(server, "listening");
    address = { endpointUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, controlToken: TOKEN };
  });
  afterEach(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });

  const ask = async (
    path: string,
    headers: Record<string, string>,
    method = "GET",
    body = "",
  ): Promise<[number | undefined, string]> => {
    const request = http.request(new URL(path, address.endpointUrl), {
      method,
      headers: { authorization: `Bearer ${TOKEN}`, ...headers },
      agent: false,
    });
    request.end(body);
    const [response] = (await once(request, "response")) as [IncomingMessage];
    return [response.statusCode, (await text(response)).trim()];
  };

  it("answer with JSON, and leave every other path alone", async () => {
    assert.deepEqual(await askControl(address, "GET status"), { fine: true });
    assert.deepEqual(await askControl(address, "POST echo", { a: 1 }), { a: 1 });
    assert.deepEqual(await askControl(address, "POST nothing", {}), {});
    assert.deepEqual(await ask("/token", {}), [418, ""]);
  });

  it("ask for the token", async () => {
    assert.deepEqual(await ask("/_sandbox/status", { authorization: "Bearer wrong" }), [
      401,
      "the control token is missing or wrong",
    ]);
    await assert.rejects(askControl({ ...address, controlToken: "no" }, "GET status"), {
      code: "SANDBOX_CONTROL_REFUSED",
      message: /401 the control token/,
    });
  });

  it("refuse a web page and a rebound name", async () => {
    assert.deepEqual(await ask("/_sandbox/status", { origin: "https://evil.example" }), [
      403,
      "web pages may not control the sandbox",
    ]);
    assert.deepEqual(await ask("/_sandbox/status", { host: "evil.example:80" }), [
      403,
      "this Host is not the sandbox's",
    ]);
  });

  it("say what is wrong with a request", async () => {
    assert.deepEqual(await ask("/_sandbox/unknown", {}), [404, "no control route GET unknown"]);
    assert.deepEqual(await ask("/_sandbox/echo", {}, "POST", "{"), [400, "the body is not JSON"]);
    assert.deepEqual(await ask("/_sandbox/echo", {}, "POST", "1".repeat(300_000)), [413, "the body is too large"]);
    assert.deepEqual(await ask("/_sandbox/refused", {}, "POST"), [409, "not now"]);
    assert.deepEqual(await ask("/_sandbox/broken", {}, "POST"), [500, "Error: broken"]);
    assert.deepEqual(await ask("/_sandbox/providers", {}, "POST", "{}"), [
      400,
      "package, version and environment are needed",
    ]);
    assert.deepEqual(await ask("/_sandbox/providers", {}, "POST", JSON.stringify({ ...ORDER, package: "gcp" })), [
      400,
      "no provider gcp",
    ]);
  });

  it("a provider instance lives as long as the request that asked for it", async () => {
    const request = http.request(new URL("/_sandbox/providers", address.endpointUrl), {
      method: "POST",
      headers: { authorization: `Bearer ${TOKEN}` },
      agent: false,
    });
    request.end(JSON.stringify(ORDER));
    request.on("error", () => undefined);
    const [response] = (await once(request, "response")) as [IncomingMessage];
    response.on("error", () => undefined);
    assert.equal(String((await once(response, "data"))[0]), '{"port":4711}\n');
    assert.equal(providers.count, 1);
    request.destroy();
    await closed;
    assert.equal(providers.count, 0);
  });
});
