import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import WebSocket, { WebSocketServer } from "ws";
import { realAgentKnobs } from "../../../../../automation/sandbox/agent/agent-knobs";
import { ClientLine } from "../../../../../automation/sandbox/agent/client-line";
import { decodeMessage } from "../../../../../automation/tunnel/wire/agent-message";
import { channelClosedReason } from "../../../../../automation/tunnel/wire/channel-closed";

describe("client line", () => {
  let server: WebSocketServer;
  let client: WebSocket;
  let line: ClientLine;
  const log: string[] = [];

  beforeEach(async () => {
    log.length = 0;
    server = new WebSocketServer({ host: "127.0.0.1", port: 0 });
    await once(server, "listening");
    server.on("connection", (socket) => {
      line = new ClientLine(socket, {
        sessionId: "jane-1",
        knobs: realAgentKnobs(),
        open: (token) => token === "right",
        attached: () => log.push("attached"),
        frame: (frame) => log.push(`frame ${frame.toString()}`),
        detached: () => log.push("detached"),
        wall: () => 1_700_000_000_000,
        randomBytes,
      });
    });
    client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await once(client, "open");
  });
  afterEach(async () => {
    client.terminate();
    for (const socket of server.clients) socket.terminate();
    await new Promise((resolve) => server.close(resolve));
  });

  const open = async (token = "right"): Promise<Buffer> => {
    const first = once(client, "message");
    client.send(JSON.stringify({ TokenValue: token }));
    return (await first)[0] as Buffer;
  };
  const closing = async (): Promise<[number, string]> => {
    const [code, reason] = (await once(client, "close")) as [number, Buffer];
    return [code, reason.toString()];
  };

  it("matrix 7: opens with the right token and says start_publication", async () => {
    const decoded = decodeMessage(await open());
    assert.equal(decoded.ok && decoded.message.type, "start_publication");
    assert.deepEqual(log, ["attached"]);
  });

  it("matrix 9: a first frame without a token, or that is binary, closes with 1003 and AWS's words", async () => {
    client.send("{}");
    assert.deepEqual(await closing(), [1003, "Channel jane-1: request to open data channel does not contain token."]);
    assert.deepEqual(log, []);
  });

  it("matrix 9: a binary first frame closes with 1003", async () => {
    client.send(Buffer.from("early"));
    assert.equal((await closing())[0], 1003);
  });

  it("matrix 9: a wrong token closes with 1003", async () => {
    client.send('{"TokenValue":"wrong"}');
    assert.equal((await closing())[0], 1003);
    assert.deepEqual(log, []);
  });

  it("relays binary frames both ways and ignores text", async () => {
    await open();
    const received = once(client, "message");
    line.send(Buffer.from("down"));
    assert.equal(String((await received)[0]), "down");
    client.send("text");
    client.send(Buffer.from("up"));
    while (log.length < 2) await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(log, ["attached", "frame up"]);
    assert.equal(line.ready, true);
  });

  it("matrix 38: ends with channel_closed and close 1000", async () => {
    await open();
    const last = once(client, "message");
    const closed = closing();
    line.end("Session timed out.");
    const decoded = decodeMessage((await last)[0] as Buffer);
    assert.ok(decoded.ok);
    assert.deepEqual(
      [decoded.message.type, channelClosedReason(decoded.message.payload)],
      ["channel_closed", "Session timed out."],
    );
    assert.equal((await closed)[0], 1000);
  });

  it("tells when the client is gone", async () => {
    await open();
    client.terminate();
    while (log.length < 2) await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(log, ["attached", "detached"]);
  });
});
