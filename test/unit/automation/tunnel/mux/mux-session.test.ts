import assert from "node:assert/strict";
import { once } from "node:events";
import { SallyportError } from "../../../../../automation/core/errors";
import { encodeSmux, encodeSmuxData } from "../../../../../automation/tunnel/wire/smux-frame";
import { muxBench } from "../../../../support/mux-pair";

const data = (streamId: number, text: string | Buffer): Buffer =>
  Buffer.concat(encodeSmuxData(streamId, Buffer.from(text)));

describe("mux session", () => {
  it("matrix 27: numbers streams 3, 5, 7 and never uses an id twice", () => {
    const { session } = muxBench();
    const first = session.open();
    first.destroy();
    assert.deepEqual([first.streamId, session.open().streamId, session.open().streamId], [3, 5, 7]);
    assert.equal(session.openStreams, 2);
  });

  it("sends SYN and the first data together, nothing when there is nothing", () => {
    const { session, sent } = muxBench();
    const stream = session.open();
    stream.write("hello");
    assert.deepEqual(sent(), [
      { kind: "syn", streamId: 3 },
      { kind: "data", streamId: 3, data: Buffer.from("hello") },
    ]);
    assert.equal(session.take(100), undefined);
  });

  it("takes turns between streams, so that a big one does not starve a small one", () => {
    const { session, sent } = muxBench({ frameBytes: 10 });
    const [big, small] = [session.open(), session.open()];
    sent();
    big.write(Buffer.alloc(100));
    small.write("hi");
    const ids = sent(30).map((event) => event.streamId);
    assert.deepEqual(ids.slice(0, 3), [3, 5, 3]);
  });

  it("gives each stream its own data, in order, and ignores what is for nobody", async () => {
    const { session } = muxBench();
    const [a, b] = [session.open(), session.open()];
    assert.equal(
      session.receive(Buffer.concat([data(3, "one"), data(99, "lost"), data(5, "two"), data(3, "three")])),
      undefined,
    );
    assert.equal(String(a.read()), "onethree");
    assert.equal(String(b.read()), "two");
  });

  it("matrix 23: answers what is wrong with the byte stream", () => {
    assert.equal(muxBench().session.receive(Buffer.from("0200000003000000", "hex")), "version");
  });

  it("matrix 24: sends keep-alives only when told to, or when the agent does", () => {
    const quiet = muxBench();
    quiet.now = 60_000;
    quiet.session.tick();
    assert.equal(quiet.session.take(100), undefined);
    quiet.session.receive(encodeSmux("nop", 0));
    quiet.session.tick();
    assert.deepEqual(quiet.sent(), [{ kind: "nop", streamId: 0 }]);
    const old = muxBench();
    old.session.enableKeepAlive();
    for (const now of [9_999, 10_000, 19_999, 20_000]) {
      old.now = now;
      old.session.tick();
      assert.equal(old.sent().length, now % 10_000 === 0 ? 1 : 0, String(now));
    }
  });

  it("matrix 32: asks for less when readers are behind, and for more when they caught up", async () => {
    const { session, pressures } = muxBench({ receiveBytes: 200_000 });
    const stream = session.open();
    for (let turn = 0; turn < 5; turn++) session.receive(data(3, Buffer.alloc(50_000)));
    assert.deepEqual(pressures, [true]);
    assert.equal(session.bufferedBytes, 250_000);
    stream.resume();
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(pressures, [true, false]);
  });

  it("matrix 32: notices a reader that takes everything at once", async () => {
    const { session, pressures } = muxBench({ receiveBytes: 200_000 });
    const stream = session.open();
    stream.on("readable", () => undefined);
    for (let turn = 0; turn < 5; turn++) session.receive(data(3, Buffer.alloc(50_000)));
    stream.read();
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(pressures, [true, false]);
  });

  it("matrix 32: ends the fullest stream when nobody reads it, and only that one", async () => {
    const bench = muxBench({ receiveBytes: 100_000, stallMs: 1_000 });
    const [stalled, other] = [bench.session.open(), bench.session.open()];
    bench.session.receive(
      Buffer.concat([data(3, Buffer.alloc(60_000)), data(3, Buffer.alloc(60_000)), data(5, "small")]),
    );
    const failed = once(stalled, "error");
    for (const now of [0, 999, 1_000]) {
      bench.now = now;
      bench.session.tick();
    }
    const [error] = (await failed) as [SallyportError];
    assert.equal(error.code, "TUNNEL_CLOSED");
    assert.equal(other.destroyed, false);
    assert.deepEqual(bench.pressures, [true, false]);
  });

  it("refuses more streams than its limit, and all once it is closed", () => {
    const { session } = muxBench({ maxStreams: 1 });
    const stream = session.open();
    assert.throws(() => session.open(), { code: "TUNNEL_PROTOCOL" });
    const refusal = new SallyportError("TUNNEL_CLOSED", { message: "over" });
    session.close(undefined, refusal);
    assert.equal(stream.destroyed, true);
    assert.throws(() => session.open(), { code: "TUNNEL_CLOSED", message: "over" });
  });

  it("matrix 38: fails open streams with the tunnel's error", async () => {
    const { session } = muxBench();
    const stream = session.open();
    const failed = once(stream, "error");
    const error = new SallyportError("TUNNEL_CLOSED", { message: "gone" });
    session.close(error, error);
    assert.deepEqual(await failed, [error]);
  });

  it("matrix 36: asks a silent mux for a sign of life with a stream opened and ended at once; no answer is death", () => {
    const bench = muxBench();
    bench.session.open().write("select 1");
    bench.sent();
    bench.now = 44_999;
    assert.equal(bench.session.tick(), true);
    assert.deepEqual(bench.sent(), []);
    bench.now = 45_000;
    bench.session.tick();
    assert.deepEqual(bench.sent(), [
      { kind: "syn", streamId: 5 },
      { kind: "fin", streamId: 5 },
    ]);
    bench.now = 194_999;
    assert.equal(bench.session.tick(), true);
    bench.now = 195_000;
    assert.equal(bench.session.tick(), false);
  });

  it("matrix 40: after a sleep no reader was late", () => {
    const bench = muxBench({ receiveBytes: 10, stallMs: 15_000 });
    const stream = bench.session.open();
    bench.sent();
    bench.session.receive(Buffer.concat(encodeSmuxData(3, Buffer.alloc(20))));
    bench.session.tick();
    bench.now += 3_600_000;
    bench.session.skip(3_600_000);
    bench.session.tick();
    assert.equal(stream.destroyed, false);
    bench.now += 15_000;
    bench.session.tick();
    assert.equal(stream.destroyed, true);
  });

  it("never answers more than was asked for, headers included", () => {
    const bench = muxBench();
    for (let count = 0; count < 3; count++) bench.session.open().write(Buffer.alloc(100_000));
    for (let taken = bench.session.take(32_768); taken; taken = bench.session.take(32_768))
      assert.ok(taken.length <= 32_768, String(taken.length));
  });
});
