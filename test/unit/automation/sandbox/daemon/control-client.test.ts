import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { askControl } from "../../../../../automation/sandbox/daemon/control-client";

describe("asking a sandbox", () => {
  it("sends token and body, and gives the answer's JSON", async () => {
    const seen: unknown[] = [];
    const server = createServer((request, response) => {
      seen.push(request.method, request.url, request.headers.authorization);
      request.on("data", (chunk: Buffer) => seen.push(chunk.toString())).on("end", () => response.end('{"ok":true}\n'));
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const endpointUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    assert.deepEqual(await askControl({ endpointUrl, controlToken: "t" }, "POST knobs", { speed: 1 }), { ok: true });
    assert.deepEqual(seen, ["POST", "/_sandbox/knobs", "Bearer t", '{"speed":1}']);
    await new Promise((resolve) => server.close(resolve));
    await assert.rejects(askControl({ endpointUrl, controlToken: "t" }, "GET status"), { code: "SANDBOX_NOT_RUNNING" });
  });

  it("hands on a refusal with its words and status", async () => {
    const server = createServer((_request, response) =>
      response.writeHead(404).end('no open session "jane-1"\n'),
    ).listen(0, "127.0.0.1");
    await once(server, "listening");
    const endpointUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await assert.rejects(askControl({ endpointUrl, controlToken: "t" }, "POST faults", {}), {
      code: "SANDBOX_CONTROL_REFUSED",
      message: 'The sandbox refused "POST faults": 404 no open session "jane-1"',
      values: { status: 404 },
    });
    await new Promise((resolve) => server.close(resolve));
  });
});
