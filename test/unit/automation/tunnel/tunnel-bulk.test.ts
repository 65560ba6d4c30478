import assert from "node:assert/strict";
import { once } from "node:events";
import type { Duplex } from "node:stream";
import type { TunnelStream } from "../../../../automation/tunnel/tunnel";
import { gatewayWorld, type GatewayWorld } from "../../../support/gateway-world";
import { patternAt } from "../../../support/pattern";

const MB = 1_000_000;
const PIECE = 64 * 1024;
/** An agent without pauses and with large payloads: the amount is the test, not the pace. */
const FAST = { payloadBytes: 32 * 1024, resendPerTick: 50 };
const UNPACED = { framesPerSecond: 1_000_000, frameBurst: 10_000 };

/** Writes so many bytes of the pattern. */
async function writePattern(stream: Duplex, length: number): Promise<void> {
  for (let at = 0; at < length; at += PIECE)
    if (!stream.write(patternAt(at, Math.min(PIECE, length - at)))) await once(stream, "drain");
}

/** Compares what comes with the pattern; every byte. */
function readPattern(stream: Duplex, length: number): Promise<void> {
  let at = 0;
  return new Promise((resolve, reject) => {
    stream.on("error", reject);
    stream.on("data", (data: Buffer) => {
      for (let from = 0; from < data.length; from += PIECE) {
        const piece = data.subarray(from, from + PIECE);
        if (!piece.equals(patternAt(at, piece.length))) return reject(new Error(`other bytes at ${at}`));
        at += piece.length;
      }
      if (at >= length) resolve();
    });
  });
}

describe("a tunnel under load", function () {
  this.timeout(60_000);
  let world: GatewayWorld;
  afterEach(() => world.close());

  it("matrix 25: 100 MB up, every byte compared at the destination", async () => {
    let arrived: Promise<void> | undefined;
    world = await gatewayWorld({ knobs: FAST, serve: (socket) => void (arrived = readPattern(socket, 100 * MB)) });
    const tunnel = await world.tunnel({ limits: UNPACED });
    const stream = await tunnel.openStream();
    await writePattern(stream, 100 * MB);
    await arrived;
  });

  it("matrix 25: 100 MB down", async () => {
    world = await gatewayWorld({ knobs: FAST, serve: (socket) => void writePattern(socket, 100 * MB) });
    const tunnel = await world.tunnel({ limits: UNPACED });
    await readPattern(await tunnel.openStream(), 100 * MB);
  });

  it("matrix 25: 100 MB there and back at once", async () => {
    world = await gatewayWorld({ knobs: FAST });
    const tunnel = await world.tunnel({ limits: UNPACED });
    const stream = await tunnel.openStream();
    const back = readPattern(stream, 100 * MB);
    await Promise.all([writePattern(stream, 100 * MB), back]);
  });

  it("matrix 27: 200 streams at once, each with its own data; ids odd and rising", async () => {
    world = await gatewayWorld({ knobs: FAST });
    const tunnel = await world.tunnel({ limits: UNPACED });
    const streams = await Promise.all(Array.from({ length: 200 }, () => tunnel.openStream()));
    const ids = streams.map((stream) => (stream as TunnelStream & { streamId: number }).streamId);
    assert.deepEqual(
      ids,
      Array.from({ length: 200 }, (_, index) => 3 + 2 * index),
    );
    await Promise.all(
      streams.map(async (stream, index) => {
        const length = 20_000 + index * 100;
        const back = readPattern(stream, length);
        await writePattern(stream, length);
        await back;
      }),
    );
    assert.equal(world.accepted.length, 200);
  });

  it("matrix 27: 5,000 streams one after the other; none is left anywhere", async () => {
    world = await gatewayWorld({ knobs: FAST });
    const tunnel = await world.tunnel({ limits: UNPACED });
    for (let count = 0; count < 5_000; count++) {
      const stream = await tunnel.openStream();
      stream.write("x");
      await once(stream, "data");
      stream.destroy();
    }
    assert.equal(tunnel.load.streams, 0);
    while (world.accepted.some((socket) => !socket.destroyed)) await new Promise((resolve) => setImmediate(resolve));
  });

  it("matrix 28: a reset by the destination ends its stream and no other", async () => {
    world = await gatewayWorld();
    const tunnel = await world.tunnel();
    const [one, two] = [await tunnel.openStream(), await tunnel.openStream()];
    for (const stream of [one, two]) {
      stream.write("x");
      await once(stream, "data");
    }
    const closed = once(one, "close");
    world.accepted[0]?.resetAndDestroy();
    await closed;
    assert.equal(one.endedByPeer, true);
    two.write("y");
    assert.equal(String((await once(two, "data"))[0]), "y");
  });

  it("matrix 28: half-closed here, the reply still comes", async () => {
    world = await gatewayWorld({
      serve: (socket) => socket.once("data", () => setTimeout(() => socket.end("the reply"), 100)),
    });
    const tunnel = await world.tunnel();
    const stream = await tunnel.openStream();
    stream.end("the question");
    let text = "";
    for await (const piece of stream) text += String(piece);
    assert.equal(text, "the reply");
  });

  for (const delayMs of [0, 150]) {
    // Exactly, by a clock of its own, in outbound.test.ts; a loaded machine makes a line of its own here.
    it(`matrix 21: on a line of ${2 * delayMs} ms there and back hardly anything is sent again`, async () => {
      world = await gatewayWorld({
        knobs: { ...FAST, resendPerTick: 1, toAgent: { delayMs }, toClient: { delayMs } },
        serve: (socket) => void socket.resume(),
      });
      const tunnel = await world.tunnel({ connectTimeoutMs: 20_000 });
      const stream = await tunnel.openStream();
      await writePattern(stream, 8 * MB);
      while (tunnel.load.stalledMs > 0) await new Promise((resolve) => setTimeout(resolve, 20));
      const { sent, again } = tunnel.load.messages;
      assert.ok(sent > 200 && again * 10 < sent, `${again} of ${sent}`);
    });
  }
});
