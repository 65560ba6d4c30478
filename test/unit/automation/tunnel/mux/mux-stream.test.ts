import assert from "node:assert/strict";
import { once } from "node:events";
import fc from "fast-check";
import { encodeSmux, encodeSmuxData } from "../../../../../automation/tunnel/wire/smux-frame";
import { muxBench, type MuxBench } from "../../../../support/mux-pair";

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A bench with one stream whose SYN is sent. */
function opened(bench: MuxBench = muxBench()) {
  const stream = bench.session.open();
  bench.sent();
  return { bench, stream };
}

describe("mux stream", () => {
  it("holds a write until it is taken", () => {
    const { bench, stream } = opened();
    let written = false;
    stream.write(Buffer.alloc(100), () => (written = true));
    assert.equal(bench.sent(60).length, 1);
    assert.equal(written, false);
    bench.sent(60);
    return turn().then(() => assert.equal(written, true));
  });

  it("matrix 32: tells the writer to wait, with a bounded amount in hand", () => {
    const { stream } = opened();
    while (stream.write(Buffer.alloc(1_000)));
    assert.ok(stream.writableLength < 129 * 1024, String(stream.writableLength));
  });

  it("matrix 26: any writes come out as one byte stream", () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ minLength: 1, maxLength: 50 })),
        fc.integer({ min: 17, max: 80 }),
        (writes, room) => {
          const { bench, stream } = opened();
          for (const bytes of writes) stream.write(bytes);
          const taken: Buffer[] = [];
          for (let events = bench.sent(room); events.length > 0; events = bench.sent(room)) {
            for (const event of events) if (event.kind === "data") taken.push(event.data);
          }
          assert.deepEqual(Buffer.concat(taken), Buffer.concat(writes));
        },
      ),
    );
  });

  it("matrix 28: the peer's end ends reading after what came before, then announces our own end", async () => {
    const { bench, stream } = opened();
    bench.session.receive(Buffer.concat([...encodeSmuxData(3, Buffer.from("last")), encodeSmux("fin", 3)]));
    let text = "";
    stream.on("data", (data: Buffer) => (text += data.toString()));
    await once(stream, "close");
    assert.equal(text, "last");
    assert.deepEqual(bench.sent(), [{ kind: "fin", streamId: 3 }]);
    assert.equal(bench.session.openStreams, 0);
  });

  it("matrix 28: a local end is announced when no reply came for a while, and replies until then are read", async () => {
    const { bench, stream } = opened(muxBench({ halfCloseMs: 1_000 }));
    stream.end("request");
    await turn();
    assert.deepEqual(
      bench.sent().map((event) => event.kind),
      ["data"],
    );
    bench.now = 900;
    bench.session.receive(Buffer.concat(encodeSmuxData(3, Buffer.from("reply"))));
    bench.now = 1_800;
    bench.session.tick();
    assert.deepEqual(bench.sent(), []);
    assert.equal(String(stream.read()), "reply");
    bench.now = 1_900;
    bench.session.tick();
    assert.deepEqual(bench.sent(), [{ kind: "fin", streamId: 3 }]);
    stream.resume();
    await once(stream, "close");
    assert.equal(bench.session.openStreams, 0);
  });

  it("matrix 28: destroying sends FIN, drops what waits and ignores what comes late", async () => {
    const { bench, stream } = opened();
    stream.write("never sent");
    stream.destroy();
    await once(stream, "close");
    assert.deepEqual(bench.sent(), [{ kind: "fin", streamId: 3 }]);
    bench.session.receive(Buffer.concat(encodeSmuxData(3, Buffer.from("late"))));
    assert.equal(stream.readableLength, 0);
  });

  it("destroyed before it was announced says nothing at all", () => {
    const bench = muxBench();
    bench.session.open().destroy();
    assert.deepEqual(bench.sent(), []);
  });

  it("matrix 28: after the peer's end writes are dropped without an error", async () => {
    const { bench, stream } = opened();
    bench.session.receive(encodeSmux("fin", 3));
    await new Promise((resolve) => stream.write("too late", resolve));
    assert.deepEqual(bench.sent(), []);
  });
});
