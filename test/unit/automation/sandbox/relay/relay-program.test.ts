import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { json, text } from "node:stream/consumers";
import { installRelays, relayFolder } from "../../../../../automation/sandbox/relay/install-relays";

const AWS = { name: "aws", version: "7.48.0" };

/** The relay as the engine starts it, against a control server of the test. */
describe("a relay", () => {
  let folder: string;
  let server: Server;
  let answer: (request: IncomingMessage, response: ServerResponse) => void;
  let children: ChildProcess[];

  beforeEach(async () => {
    children = [];
    folder = mkdtempSync(path.join(os.tmpdir(), "relay-"));
    server = createServer((request, response) => answer(request, response)).listen(0, "127.0.0.1");
    await once(server, "listening");
    installRelays(folder, [AWS], {
      controlUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/_sandbox`,
      token: "secret-token",
    });
  });
  afterEach(async () => {
    for (const child of children) child.kill("SIGKILL");
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    rmSync(folder, { recursive: true, force: true });
  });

  const start = (env: Record<string, string> = {}) => {
    const child = spawn(path.join(relayFolder(folder, AWS), "pulumi-resource-aws"), ["127.0.0.1:1"], {
      stdio: ["pipe", "pipe", "pipe"],
      env: { PATH: `${path.dirname(process.execPath)}:${process.env.PATH}`, ...env },
    });
    children.push(child);
    return child;
  };
  /** Answers with a port and tells when the request ends. */
  const holding = () =>
    new Promise<{ request: IncomingMessage; body: unknown; ended: Promise<unknown>; response: ServerResponse }>(
      (resolve) => {
        answer = (request, response) => {
          const ended = once(response, "close");
          void json(request).then((body) => {
            response.writeHead(200).write('{"port":4711}\n');
            resolve({ request, body, ended, response });
          });
        };
      },
    );

  it("hands over AWS_* and PG* alone, with its token, and prints the port", async () => {
    const held = holding();
    const child = start({ AWS_REGION: "eu-west-2", PGHOST: "127.0.0.1", PULUMI_CONFIG: "{}", HOME: "/h" });
    const [[printed], { request, body }] = await Promise.all([once(child.stdout, "data") as Promise<[Buffer]>, held]);
    assert.equal(printed.toString(), "4711\n");
    assert.deepEqual(
      [request.method, request.url, request.headers.authorization],
      ["POST", "/_sandbox/providers", "Bearer secret-token"],
    );
    assert.deepEqual(body, {
      package: "aws",
      version: "7.48.0",
      environment: { AWS_REGION: "eu-west-2", PGHOST: "127.0.0.1" },
    });
  });

  for (const [title, end] of [
    ["SIGTERM", (child: ChildProcess) => child.kill("SIGTERM")],
    ["the end of its stdin", (child: ChildProcess) => child.stdin?.end()],
  ] as const) {
    it(`ends with ${title}, and the sandbox hears of it`, async () => {
      const held = holding();
      const child = start();
      const { ended } = await held;
      const exit = once(child, "exit");
      end(child);
      assert.deepEqual(await exit, [0, null]);
      await ended;
    });
  }

  it("even a killed relay is heard of", async () => {
    const held = holding();
    const child = start();
    const { ended } = await held;
    child.kill("SIGKILL");
    await ended;
  });

  it("SIGINT, by which the engine ends its plugins, ends it at once", async () => {
    const held = holding();
    const child = start();
    const { ended } = await held;
    const exit = once(child, "exit");
    child.kill("SIGINT");
    assert.deepEqual(await exit, [0, null]);
    await ended;
  });

  it("ends with an error when the sandbox does", async () => {
    const held = holding();
    const child = start();
    const said = text(child.stderr);
    const [{ response }] = await Promise.all([held, once(child.stdout, "data")]);
    response.destroy();
    const [[code], message] = await Promise.all([once(child, "exit") as Promise<[number]>, said]);
    assert.equal(code, 1);
    assert.equal(message, "pulumi-resource-aws: SANDBOX: the sandbox has ended\n");
  });

  it("shows a refusal in the sandbox's own words", async () => {
    answer = (_request, response) => response.writeHead(400).end("no such package");
    const child = start();
    const [[code], message] = await Promise.all([once(child, "exit") as Promise<[number]>, text(child.stderr)]);
    assert.deepEqual([code, message], [1, "pulumi-resource-aws: SANDBOX: 400 no such package\n"]);
  });

  it("says how to start a sandbox when none answers", async () => {
    server.close();
    const child = start();
    const [[code], message] = await Promise.all([once(child, "exit") as Promise<[number]>, text(child.stderr)]);
    assert.equal(code, 1);
    assert.match(message, /no sandbox answers \(.*ECONNREFUSED.*\); sallyport sandbox start/);
  });
});
