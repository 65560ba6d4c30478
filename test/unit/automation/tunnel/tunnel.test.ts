import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { getEventListeners, once } from "node:events";
import type { Duplex } from "node:stream";
import { openTunnel } from "../../../../automation/tunnel/tunnel";
import { FakeClock } from "../../../support/fake-clock";
import { gatewayWorld, type GatewayWorld } from "../../../support/gateway-world";
import { scriptedAgent, type ScriptedAgent } from "../../../support/scripted-agent";

const sha256 = (data: Buffer): string => createHash("sha256").update(data).digest("hex");

/** Writes all and reads as much back. */
async function echo(stream: Duplex, data: Buffer): Promise<string> {
  const hash = createHash("sha256");
  let length = 0;
  const read = new Promise<void>((resolve, reject) => {
    stream.on("data", (piece: Buffer) => {
      hash.update(piece);
      length += piece.length;
      if (length >= data.length) resolve();
    });
    stream.on("error", reject);
    stream.on("end", () => reject(new Error(`ended after ${length} bytes`)));
  });
  stream.write(data);
  await read;
  stream.destroy();
  return hash.digest("hex");
}

describe("tunnel, through gateway and agent to a local server", () => {
  let world: GatewayWorld;
  afterEach(() => world.close());

  it("matrix 25: carries 8 MiB both ways unharmed", async () => {
    world = await gatewayWorld();
    const data = randomBytes(8 * 1024 * 1024);
    // An agent without pauses leaves the pacer nothing but acknowledgements: the real one sends 650 messages a second.
    const tunnel = await world.tunnel({ limits: { framesPerSecond: 100_000 } });
    assert.equal(await echo(await tunnel.openStream(), data), sha256(data));
  });

  it("matrix 26: carries single newlines, single bytes and all byte values", async () => {
    world = await gatewayWorld();
    const tunnel = await world.tunnel();
    for (const data of [
      Buffer.from("\n"),
      Buffer.concat([Buffer.alloc(1_016, 65), Buffer.from("\n")]),
      Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)),
    ]) {
      assert.equal(await echo(await tunnel.openStream(), data), sha256(data));
    }
  });

  it("matrix 27: carries 50 streams at once", async () => {
    world = await gatewayWorld();
    const tunnel = await world.tunnel();
    const results = Array.from({ length: 50 }, async () => {
      const data = randomBytes(20 * 1024);
      return (await echo(await tunnel.openStream(), data)) === sha256(data);
    });
    assert.deepEqual(new Set(await Promise.all(results)), new Set([true]));
    assert.equal(world.accepted.length, 50);
  });

  it("matrix 16, 17, 18: stays whole while frames are lost, doubled and overtaken both ways", async () => {
    const faults = { drop: 0.05, duplicate: 0.1, jitterMs: 15 };
    world = await gatewayWorld({ knobs: { resendPerTick: 20, toAgent: faults, toClient: { ...faults } } });
    const data = randomBytes(256 * 1024);
    const tunnel = await world.tunnel({ connectTimeoutMs: 20_000 });
    assert.equal(await echo(await tunnel.openStream(), data), sha256(data));
  });

  it("the agent's own profile, 1,024 bytes and a millisecond, is the default and works", async () => {
    world = await gatewayWorld({ knobs: { paceMs: 1 } });
    const data = randomBytes(64 * 1024);
    const tunnel = await world.tunnel();
    assert.equal(await echo(await tunnel.openStream(), data), sha256(data));
  });

  it("matrix 31: a destination that does not read holds the writer, in bounded memory, and then gets everything", async () => {
    const hash = createHash("sha256");
    world = await gatewayWorld({ serve: (socket) => socket.on("data", (data) => hash.update(data)).pause() });
    const data = randomBytes(24 * 1024 * 1024);
    const tunnel = await world.tunnel();
    const stream = await tunnel.openStream();
    let written = 0;
    let blocked = false;
    for (let at = 0; at < data.length && !blocked; at += 64 * 1024) {
      written = at;
      blocked = !(await accepts(stream, data.subarray(at, at + 64 * 1024)));
    }
    assert.ok(blocked, "the writer was never held");
    assert.ok(stream.writableLength <= 1024 * 1024, String(stream.writableLength));
    const sent = data.subarray(0, written + 64 * 1024);
    stream.end();
    const [socket] = world.accepted;
    socket?.resume();
    await once(socket as NodeJS.EventEmitter, "end");
    assert.equal(hash.digest("hex"), sha256(sent));
  });

  it("matrix 32: a reader that does not read holds the socket, in bounded memory, and then gets everything", async () => {
    const data = randomBytes(6 * 1024 * 1024);
    world = await gatewayWorld({ serve: (socket) => void socket.write(data), knobs: { payloadBytes: 16 * 1024 } });
    const tunnel = await world.tunnel({ limits: { receiveBytes: 512 * 1024 } });
    const stream = await tunnel.openStream();
    await once(stream, "readable");
    while (stream.readableLength <= 512 * 1024) await new Promise((resolve) => setImmediate(resolve));
    const other = await Promise.race([new Promise((resolve) => setTimeout(resolve, 200, "held")), once(stream, "end")]);
    assert.equal(other, "held");
    assert.ok(stream.readableLength < 1024 * 1024, String(stream.readableLength));
    const hash = createHash("sha256");
    let length = 0;
    for await (const piece of stream) {
      hash.update(piece as Buffer);
      length += (piece as Buffer).length;
      if (length === data.length) break;
    }
    assert.equal(hash.digest("hex"), sha256(data));
  });

  it("matrix 28: the destination's end ends the stream after its data; our end reaches the destination", async () => {
    world = await gatewayWorld({ serve: (socket) => socket.end("bye") });
    const tunnel = await world.tunnel();
    const stream = await tunnel.openStream();
    let text = "";
    for await (const piece of stream) text += String(piece);
    assert.equal(text, "bye");
  });

  it("matrix 29: a refused dial is the end of the stream before any byte; the tunnel lives", async () => {
    world = await gatewayWorld();
    const { dial } = world;
    world.dial = () => Promise.reject(Object.assign(new Error("refused"), { code: "ECONNREFUSED" }));
    const tunnel = await world.tunnel();
    const stream = await tunnel.openStream();
    stream.resume();
    await once(stream, "end");
    assert.ok(world.events.some((event) => event.type === "dial-failed"));
    world.dial = dial;
    assert.equal(await echo(await tunnel.openStream(), Buffer.from("again")), sha256(Buffer.from("again")));
  });

  it("matrix 30: a dial that hangs is silence, and holds up new streams but no open one", async () => {
    world = await gatewayWorld();
    const { dial } = world;
    const tunnel = await world.tunnel();
    const open = await tunnel.openStream();
    open.write("a");
    await once(open, "data");
    let hanging: (() => void) | undefined;
    world.dial = (_instance, _host, _port, signal) => {
      hanging?.();
      return new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error)));
    };
    const dialled = new Promise<void>((resolve) => (hanging = resolve));
    const stuck = await tunnel.openStream();
    await dialled;
    world.dial = dial;
    const later = await tunnel.openStream();
    later.write("b");
    open.write("c");
    assert.equal(String((await once(open, "data"))[0]), "c");
    assert.deepEqual([stuck.readableLength, later.readableLength], [0, 0]);
  });

  it("matrix 36: the gateway's death fails the tunnel, ours frees the agent's connections", async () => {
    world = await gatewayWorld();
    const tunnel = await world.tunnel();
    const stream = await tunnel.openStream();
    stream.write("x");
    await once(stream, "data");
    const failed = once(stream, "error");
    await world.gateway.close();
    assert.equal(((await failed)[0] as { code: string }).code, "TUNNEL_CLOSED");
    const [connection] = world.accepted;
    if (connection && !connection.destroyed && !connection.readableEnded) await once(connection, "end");
  });
});

describe("openTunnel", () => {
  let agent: ScriptedAgent;
  beforeEach(async () => {
    agent = await scriptedAgent();
  });
  afterEach(() => agent.close());

  it("matrix 12: an agent that never begins is TUNNEL_TIMEOUT", async () => {
    const clock = new FakeClock();
    const opening = openTunnel(agent.options({ clock, connectTimeoutMs: 4_000 }));
    await agent.seen((message) => typeof message === "string");
    const refused = assert.rejects(opening, {
      code: "TUNNEL_TIMEOUT",
      message: "The agent did not complete the handshake within 4 s.",
    });
    await clock.advance(4_000);
    await refused;
  });

  it("an aborted signal ends the opening with its reason and closes the socket", async () => {
    const stop = new AbortController();
    const opening = openTunnel(agent.options({ signal: stop.signal }));
    await agent.seen((message) => typeof message === "string");
    const gone = once(agent.socket(), "close");
    stop.abort(new Error("Ctrl-C"));
    await assert.rejects(opening, { message: "Ctrl-C" });
    await gone;
  });

  it("leaves nothing behind on a signal that lives on", async () => {
    agent.behave();
    const { signal } = new AbortController();
    const tunnel = await openTunnel(agent.options({ signal }));
    assert.deepEqual(getEventListeners(signal, "abort"), []);
    await tunnel.close();
  });

  it("matrix 43: neither events nor errors carry the token or the address", async () => {
    agent.behave();
    const said: unknown[] = [];
    const tunnel = await openTunnel(agent.options({ onEvent: (event) => said.push(event) }));
    agent.socket().terminate();
    said.push(
      await tunnel.closed,
      await tunnel.openStream().catch((error: Error) => `${error.message} ${error.stack}`),
    );
    assert.doesNotMatch(JSON.stringify(said), /secret-token|data-channel\/jane/);
  });
});

/** Whether a write is taken within a short time: bounded waiting is what the test is about. */
async function accepts(stream: Duplex, data: Buffer): Promise<boolean> {
  if (stream.write(data)) return true;
  const drained = once(stream, "drain").then(() => true);
  return Promise.race([drained, new Promise<boolean>((resolve) => setTimeout(resolve, 500, false))]);
}
