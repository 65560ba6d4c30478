import assert from "node:assert/strict";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { WebSocket, WebSocketServer } from "ws";
import { Line } from "../../../../automation/tunnel/line";
import { FakeClock } from "../../../support/fake-clock";

const LIMITS = { pingMs: 25_000, silenceMs: 75_000, wakeMs: 5_000, farewellMs: 2_000 };

describe("a line of a session", () => {
  let server: WebSocketServer;
  let far: WebSocket;
  let pings: number;
  beforeEach(async () => {
    pings = 0;
    server = new WebSocketServer({ host: "127.0.0.1", port: 0, autoPong: false });
    server.on("connection", (socket) => {
      far = socket;
      socket.on("ping", () => (pings += 1));
    });
    await once(server, "listening");
  });
  afterEach(async () => {
    for (const client of server.clients) client.terminate();
    await new Promise((resolve) => server.close(resolve));
  });

  async function bench() {
    const clock = new FakeClock();
    const socket = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
    await once(socket, "open");
    const said: string[] = [];
    const line = new Line(socket, LIMITS, clock, {
      frame: (frame) => said.push(`frame ${frame.toString()}`),
      lost: (reason) => said.push(reason),
    });
    const heard = async (count: number): Promise<void> => {
      while (said.length < count) await new Promise((resolve) => setImmediate(resolve));
    };
    /** Time passes as the session's tick lets it. */
    const pass = async (ms: number): Promise<void> => {
      await clock.advance(ms);
      line.tick();
    };
    const pinged = async (count: number): Promise<void> => {
      while (pings < count) await new Promise((resolve) => setImmediate(resolve));
    };
    return { clock, socket, line, said, heard, pass, pinged };
  }

  it("hands on binary frames and ignores text", async () => {
    const { said, heard } = await bench();
    far.send("stray text");
    far.send(Buffer.from("one"));
    await heard(1);
    assert.deepEqual(said, ["frame one"]);
  });

  it("matrix 33, 34: says once how it was lost, with the far side's code and words made safe", async () => {
    const { said, heard, line } = await bench();
    far.close(1000, "Bye\u001b[2J");
    await heard(1);
    assert.deepEqual(said, ["The data channel was closed (1000: Bye)."]);
    line.tick();
    const cut = await bench();
    far.terminate();
    await cut.heard(1);
    assert.deepEqual(cut.said, ["The data channel was closed (1006)."]);
  });

  it("matrix 40: pings every 25 s and gives up after 75 s of silence", async () => {
    const { pass, said, pinged, socket } = await bench();
    for (let time = 0; time < 74_000; time += 1_000) await pass(1_000);
    await pinged(2);
    assert.deepEqual(said, []);
    const gone = once(socket, "close");
    await pass(1_000);
    assert.deepEqual(said, ["Nothing was heard for 75 s."]);
    await gone;
    assert.deepEqual(said.length, 1);
  });

  it("matrix 40: a pong is life", async () => {
    const { pass, said, clock, socket } = await bench();
    await pass(60_000);
    const pong = once(socket, "pong");
    far.pong();
    await pong;
    await pass(60_000);
    assert.deepEqual(said, []);
    assert.equal(clock.now(), 120_000);
  });

  it("matrix 40: after a sleep it must prove within 5 s that it lives", async () => {
    const { line, pass, said, pinged, socket } = await bench();
    line.prove();
    await pinged(1);
    const pong = once(socket, "pong");
    far.pong();
    await pong;
    await pass(60_000);
    assert.deepEqual(said, []);
    line.prove();
    await pass(5_000);
    assert.deepEqual(said, ["The data channel did not outlive the pause."]);
  });

  it("matrix 32: a held line is not called silent, and hears again when it goes on", async () => {
    const { line, pass, said, heard } = await bench();
    assert.equal(line.hearing, true);
    line.hold(true);
    assert.equal(line.hearing, false);
    far.send(Buffer.from("later"));
    line.prove();
    await pass(200_000);
    assert.deepEqual(said, []);
    line.hold(false);
    assert.equal(line.hearing, true);
    await heard(1);
    assert.deepEqual(said, ["frame later"]);
    await pass(74_000);
    assert.deepEqual(said.length, 1);
  });

  it("hangs up politely, and at most for its farewell; nothing is said then", async () => {
    const { line, said } = await bench();
    const closed = once(far, "close");
    await line.hangUp();
    assert.equal((await closed)[0], 1000);
    await line.hangUp();
    const stubborn = await bench();
    far.pause();
    const hanging = stubborn.line.hangUp();
    await new Promise((resolve) => setImmediate(resolve));
    await stubborn.clock.advance(2_000);
    await hanging;
    assert.deepEqual([...said, ...stubborn.said], []);
  });

  it("a cut says nothing", async () => {
    const { line, socket, said } = await bench();
    const gone = once(socket, "close");
    line.cut();
    await gone;
    assert.deepEqual(said, []);
  });
});
