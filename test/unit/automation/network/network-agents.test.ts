import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import http, { type IncomingMessage } from "node:http";
import https from "node:https";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { systemClock } from "../../../../automation/core/clock";
import { Redactor } from "../../../../automation/core/redactor";
import { networkAgents, type NetworkAgents } from "../../../../automation/network/network-agents";
import { readNetwork, type NetworkSettings } from "../../../../automation/network/network-settings";
import { closedPort, connectProxy, tlsFront, type ConnectProxy } from "../../../support/connect-proxy";
import { makeAuthority, type MadeAuthority } from "../../../support/made-certificates";
import { inTemporaryFolder } from "../../../support/temporary-folder";

const HOST = "ssm.eu-west-2.amazonaws.com";

describe("agents of the network", () => {
  let authority: MadeAuthority;
  let plain: http.Server;
  let front: ConnectProxy;
  let proxy: ConnectProxy;
  const opened: NetworkAgents[] = [];
  const port = (): number => (plain.address() as AddressInfo).port;
  before(async () => {
    authority = await makeAuthority();
    plain = http.createServer((request, response) =>
      response.end(`${request.method} ${request.url} ${request.headers.host}`),
    );
    await once(plain.listen(0, "127.0.0.1"), "listening");
    front = await tlsFront(await authority.issue([HOST, "localhost"]), port());
    proxy = await connectProxy({
      routes: { [`${HOST}:443`]: front.port, "plain.example:80": port(), "plain.example:8080": port() },
      credentials: "jane:s3cret",
    });
  });
  afterEach(() => {
    proxy.asked.length = 0;
    for (const agents of opened.splice(0)) for (const one of [agents.http, agents.https]) one.destroy();
  });
  after(async () => {
    for (const one of [proxy, front]) await one.close();
    plain.closeAllConnections();
    await new Promise((resolve) => plain.close(resolve));
  });

  function agents(env: Record<string, string>, more: Partial<NetworkSettings> = {}): NetworkAgents {
    const settings = readNetwork({ env, cwd: "/", redactor: new Redactor() });
    const made = networkAgents({ ...settings, authorities: [authority.ca], ...more }, { clock: systemClock });
    opened.push(made);
    return made;
  }
  const there = (): string => `http://jane:s3cret@127.0.0.1:${proxy.port}`;

  it("https: goes through the proxy to the target's name; the connection is kept and used again", async () => {
    const { https: agent } = agents({ HTTPS_PROXY: there() });
    for (const count of [1, 2]) assert.equal(await get(`https://${HOST}/${count}`, agent), `GET /${count} ${HOST}`);
    assert.deepEqual(
      proxy.asked.map(({ line }) => line),
      [`CONNECT ${HOST}:443`],
    );
  });

  it("http: goes through HTTP_PROXY with the whole address, to each server its own", async () => {
    const { http: agent } = agents({ HTTP_PROXY: there(), HTTPS_PROXY: "http://127.0.0.1:1" });
    assert.equal(await get("http://plain.example/a?b=c", agent), "GET /a?b=c plain.example");
    assert.equal(await get("http://plain.example:8080/", agent), "GET / plain.example:8080");
    assert.deepEqual(
      proxy.asked.map(({ line }) => line),
      ["GET http://plain.example:80/a?b=c", "GET http://plain.example:8080/"],
    );
  });

  it("this machine is reached directly, plain and with TLS, by every name of it", async () => {
    const { http: agent, https: secure } = agents({ HTTPS_PROXY: there(), HTTP_PROXY: there() });
    for (const host of ["127.0.0.1", "localhost"])
      assert.equal(await get(`http://${host}:${port()}/x`, agent), `GET /x ${host}:${port()}`);
    assert.equal(await get(`https://localhost:${front.port}/`, secure), `GET / localhost:${front.port}`);
    const six = http.createServer((_request, response) => response.end("six"));
    await once(six.listen(0, "::1"), "listening");
    const address = `http://[::1]:${(six.address() as AddressInfo).port}/`;
    assert.equal(await get(address, agent), "six");
    six.closeAllConnections();
    six.close();
    assert.deepEqual(proxy.asked, []);
  });

  it("NO_PROXY is obeyed: a name that only the proxy could resolve is looked up here, and not found", async () => {
    const { https: agent } = agents({ HTTPS_PROXY: there(), NO_PROXY: "sallyport.invalid" });
    await assert.rejects(get("https://ssm.sallyport.invalid/", agent), { syscall: "getaddrinfo" });
    assert.deepEqual(proxy.asked, []);
  });

  it("a proxy that cannot be used fails the request, not the program, and is named", async () => {
    const closed = await closedPort();
    const dead = `http://jane:s3cret@127.0.0.1:${closed}`;
    const { http: agent, https: secure } = agents({ HTTPS_PROXY: dead, HTTP_PROXY: dead });
    const why = `cannot be reached: connect ECONNREFUSED 127.0.0.1:${closed}.`;
    const [code, named] = ["HTTP_PROXY_FAILED", `The HTTP proxy http://127.0.0.1:${closed}`];
    await assert.rejects(get(`https://${HOST}/`, secure), { code, message: `${named} (HTTPS_PROXY) ${why}` });
    await assert.rejects(get("http://plain.example/", agent), { code, message: `${named} (HTTP_PROXY) ${why}` });
    const other = agents({ HTTPS_PROXY: "socks5://p:1", HTTP_PROXY: "socks5://p:1" });
    const invalid = { code: "NETWORK_SETTINGS_INVALID" };
    await assert.rejects(get(`https://${HOST}/`, other.https), invalid);
    await assert.rejects(get("http://plain.example/", other.http), invalid);
  });

  it("the authorities of the settings replace the system's", async () => {
    const { https: agent } = agents({ HTTPS_PROXY: there() }, { authorities: [(await makeAuthority()).ca] });
    await assert.rejects(get(`https://${HOST}/`, agent), { code: "UNABLE_TO_VERIFY_LEAF_SIGNATURE" });
    await assert.rejects(get(`https://localhost:${front.port}/`, agent), { code: "UNABLE_TO_VERIFY_LEAF_SIGNATURE" });
  });

  it("NODE_EXTRA_CA_CERTS adds an authority, directly and through a proxy; AWS_CA_BUNDLE replaces it too", async () => {
    const [other, urls] = [(await makeAuthority()).ca, [`https://${HOST}/`, `https://localhost:${front.port}/`]];
    await inTemporaryFolder(async (folder) => {
      writeFileSync(path.join(folder, "ours.pem"), authority.ca);
      writeFileSync(path.join(folder, "other.pem"), other);
      const ours = { NODE_EXTRA_CA_CERTS: path.join(folder, "ours.pem"), HTTPS_PROXY: there() };
      assert.deepEqual(await inChild(ours, urls), ["GET", "GET"]);
      const both = { ...ours, AWS_CA_BUNDLE: path.join(folder, "other.pem") };
      const unknown = "UNABLE_TO_VERIFY_LEAF_SIGNATURE";
      assert.deepEqual(await inChild(both, urls), [unknown, unknown]);
      assert.deepEqual(await inChild({ HTTPS_PROXY: there() }, urls), [unknown, unknown]);
      assert.deepEqual(await inChild({ ...both, AWS_CA_BUNDLE: ours.NODE_EXTRA_CA_CERTS }, urls), ["GET", "GET"]);
    });
  });
});

async function get(url: string, agent: http.Agent): Promise<string> {
  const sent = (url.startsWith("https:") ? https : http).get(url, { agent });
  const [answer] = (await once(sent, "response")) as [IncomingMessage];
  let text = "";
  for await (const chunk of answer) text += String(chunk);
  return answer.statusCode === 200 ? text : `HTTP ${answer.statusCode}`;
}

/** The same in a process of its own: Node reads NODE_EXTRA_CA_CERTS once, when it starts. Answers the method or the error's code. */
async function inChild(env: Record<string, string>, urls: readonly string[]): Promise<string[]> {
  const product = path.resolve(__dirname, "../../../../automation");
  const program = `
    const { networkAgents } = require(${JSON.stringify(`${product}/network/network-agents`)});
    const { readNetwork } = require(${JSON.stringify(`${product}/network/network-settings`)});
    const { systemClock } = require(${JSON.stringify(`${product}/core/clock`)});
    const settings = readNetwork({ env: process.env, cwd: "/", redactor: { register() {} } });
    const agent = networkAgents(settings, { clock: systemClock }).https;
    for (const url of ${JSON.stringify(urls)})
      require("node:https").get(url, { agent }, (answer) => {
        answer.setEncoding("utf8").once("data", (text) => console.log(url, text.slice(0, 3)));
      }).on("error", (error) => console.log(url, error.code));
  `;
  const child = spawn(process.execPath, ["-r", "ts-node/register", "-e", program], {
    env: { PATH: process.env.PATH ?? "", TS_NODE_TRANSPILE_ONLY: "true", ...env },
    cwd: path.dirname(product),
    stdio: ["ignore", "pipe", "inherit"],
  });
  let text = "";
  child.stdout.on("data", (chunk: Buffer) => (text += chunk.toString("utf8")));
  await once(child, "close");
  const lines = text.trim().split("\n");
  return urls.map((url) => lines.find((line) => line.startsWith(`${url} `))?.slice(url.length + 1) ?? "");
}
