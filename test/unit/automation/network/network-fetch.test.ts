import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { systemClock } from "../../../../automation/core/clock";
import { networkFetch, type Fetch } from "../../../../automation/network/network-fetch";
import { readProxyRules } from "../../../../automation/network/proxy-rules";
import { connectProxy, tlsFront, type ConnectProxy } from "../../../support/connect-proxy";
import { makeAuthority } from "../../../support/made-certificates";

describe("downloads by the network's settings", () => {
  let server: Server;
  let front: ConnectProxy;
  let proxy: ConnectProxy;
  let get: Fetch;
  let plain: Fetch;
  before(async () => {
    server = createServer((request, response) => {
      const to = new Map([
        ["/moved", "https://other.example/file"],
        ["/here", "file"],
        ["/down", "http://other.example/file"],
        ["/round", "/round"],
      ]).get(request.url ?? "");
      if (to !== undefined) return void response.writeHead(302, { location: to }).end();
      if (request.url !== "/file") return void response.writeHead(404).end("none");
      response.end(`the file of ${request.headers.host}`);
    });
    await once(server.listen(0, "127.0.0.1"), "listening");
    const authority = await makeAuthority();
    const { port } = server.address() as AddressInfo;
    front = await tlsFront(await authority.issue(["get.example", "other.example"]), port);
    proxy = await connectProxy({ routes: { "get.example:443": front.port, "other.example:443": front.port } });
    const settings = { proxies: readProxyRules({ HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` }) };
    get = networkFetch({ ...settings, authorities: [authority.ca] }, { clock: systemClock });
    plain = networkFetch(settings, { clock: systemClock });
  });
  after(async () => {
    for (const one of [proxy, front]) await one.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it("come through the proxy, redirects followed to other hosts", async () => {
    assert.equal(await (await get("https://get.example/file", {})).text(), "the file of get.example");
    assert.equal(await (await get("https://get.example/here", {})).text(), "the file of get.example");
    assert.equal(await (await get("https://get.example/moved", {})).text(), "the file of other.example");
    assert.deepEqual(
      new Set(proxy.asked.map(({ line }) => line)),
      new Set(["CONNECT get.example:443", "CONNECT other.example:443"]),
    );
  });

  it("tell a status that is no success, and come from this machine directly", async () => {
    const { port } = server.address() as AddressInfo;
    const answer = await plain(`http://127.0.0.1:${port}/none`, {});
    assert.deepEqual([answer.status, answer.ok, answer.body], [404, false, null]);
    assert.equal(await (await plain(`http://127.0.0.1:${port}/file`, {})).text(), `the file of 127.0.0.1:${port}`);
  });

  it("fail as fetch does, with the reason as cause", async () => {
    const failed = (message: string | RegExp) => (error: TypeError) => {
      assert.deepEqual([error.name, error.message], ["TypeError", "fetch failed"]);
      assert.match((error.cause as Error).message, typeof message === "string" ? new RegExp(`^${message}$`) : message);
      return true;
    };
    await assert.rejects(
      get("https://get.example/down", {}),
      failed("get.example leads on to http://other.example, which is not secure"),
    );
    await assert.rejects(get("https://get.example/round", {}), failed("more than 5 redirects"));
    await assert.rejects(get("https://third.example/", {}), failed(/refused the way to third.example:443: 502/));
    await assert.rejects(plain("https://get.example/", {}), failed(/unable to verify the first certificate/));
  });

  it("end with an aborted signal's reason", async () => {
    const signal = AbortSignal.abort(new Error("Ctrl-C"));
    await assert.rejects(get("https://get.example/file", { signal }), { message: "Ctrl-C" });
  });
});
