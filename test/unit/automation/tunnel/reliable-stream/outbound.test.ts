import assert from "node:assert/strict";
import { Outbound } from "../../../../../automation/tunnel/reliable-stream/outbound";

const LIMITS = {
  windowMessages: 3,
  windowBytes: 100,
  resendBurst: 2,
  initialRtoMs: 200,
  minRtoMs: 200,
  maxRtoMs: 2_000,
};
const outbound = (limits = {}): Outbound =>
  new Outbound(
    (sequence, type, payload) => Buffer.from(`${sequence}/${type}/${payload.toString()}`),
    { ...LIMITS, ...limits },
    0,
  );
const texts = (frames: readonly Buffer[]): string[] => frames.map(String);

describe("outbound half", () => {
  it("numbers from 0, one counter for all payload types", () => {
    const out = outbound();
    assert.deepEqual(out.send(6, Buffer.from("a"), 0), { sequence: 0, frame: Buffer.from("0/6/a") });
    assert.deepEqual(out.send(1, Buffer.from("b"), 0), { sequence: 1, frame: Buffer.from("1/1/b") });
  });

  it("matrix 18: sends again exactly what was not acknowledged, the same bytes, later each time", () => {
    const out = outbound();
    for (const text of ["a", "b"]) out.send(1, Buffer.from(text), 0);
    assert.equal(out.acknowledge(0, 100), true);
    assert.deepEqual(texts(out.due(299)), []);
    assert.deepEqual(texts(out.due(300)), ["1/1/b"]);
    assert.deepEqual(texts(out.due(749)), []);
    assert.deepEqual(texts(out.due(750)), ["1/1/b"]);
    assert.equal(out.resent, 2);
    assert.equal(out.acknowledge(1, 760), true);
    assert.deepEqual(texts(out.due(9_999)), []);
  });

  it("matrix 18: looks at the oldest few only", () => {
    const out = outbound();
    for (const text of ["a", "b", "c"]) out.send(1, Buffer.from(text), 0);
    assert.deepEqual(texts(out.due(200)), ["0/1/a", "1/1/b"]);
  });

  it("ignores acknowledgements of unknown numbers and second ones", () => {
    const out = outbound();
    out.send(1, Buffer.from("a"), 0);
    assert.deepEqual([out.acknowledge(7, 1), out.acknowledge(0, 1), out.acknowledge(0, 1)], [false, true, false]);
  });

  it("matrix 21: takes no sample of a resent message (Karn)", () => {
    const out = outbound();
    out.send(1, Buffer.from("a"), 0);
    out.due(200);
    out.acknowledge(0, 60_000);
    out.send(1, Buffer.from("b"), 60_000);
    assert.deepEqual(texts(out.due(60_200)), ["1/1/b"]);
  });

  it("matrix 31: its window closes by count and by bytes and opens with acknowledgements", () => {
    const byCount = outbound();
    for (const text of ["a", "b", "c"]) byCount.send(1, Buffer.from(text), 0);
    assert.equal(byCount.open, false);
    byCount.acknowledge(1, 1);
    assert.equal(byCount.open, true);
    const byBytes = outbound({ windowBytes: 10 });
    byBytes.send(1, Buffer.from("0123456789"), 0);
    assert.equal(byBytes.open, false);
  });

  it("matrix 37: holds data and resends while paused; that time does not count as a stall", () => {
    const out = outbound();
    out.send(1, Buffer.from("a"), 0);
    out.pause(1_000);
    assert.equal(out.open, false);
    assert.deepEqual(texts(out.due(50_000)), []);
    assert.equal(out.stalledFor(50_000), 1_000);
    out.resume(50_000);
    assert.equal(out.stalledFor(50_100), 1_100);
    assert.deepEqual(texts(out.due(50_100)), ["0/1/a"]);
  });

  it("matrix 31: knows how long nothing was acknowledged", () => {
    const out = outbound();
    assert.equal(out.stalledFor(5_000), 0);
    out.send(1, Buffer.from("a"), 5_000);
    out.send(1, Buffer.from("b"), 6_000);
    assert.equal(out.stalledFor(7_000), 2_000);
    out.acknowledge(0, 7_000);
    assert.equal(out.stalledFor(7_500), 500);
    out.acknowledge(1, 7_600);
    assert.equal(out.stalledFor(99_000), 0);
  });

  it("matrix 33: a new socket carries again, in order, what is not acknowledged; new data waits for that", () => {
    const out = outbound({ windowMessages: 10 });
    for (const text of ["a", "b", "c", "d"]) out.send(1, Buffer.from(text), 0);
    out.acknowledge(1, 10);
    out.pause(20);
    out.resume(500_000);
    out.reattach(500_000);
    assert.deepEqual([out.open, out.replaying, out.stalledFor(500_000)], [false, true, 0]);
    assert.deepEqual(out.due(900_000), []);
    assert.equal(String(out.nextReplay(500_000)), "0/1/a");
    out.acknowledge(2, 500_001);
    assert.equal(String(out.nextReplay(500_002)), "3/1/d");
    assert.deepEqual([out.nextReplay(500_003), out.open, out.replaying], [undefined, true, false]);
  });

  it("matrix 40: time that nobody lived through is no stall", () => {
    const out = outbound();
    out.send(1, Buffer.from("a"), 0);
    out.skip(3_600_000, 3_600_100);
    assert.equal(out.stalledFor(3_600_100), 100);
    assert.deepEqual([out.due(3_600_199).length, out.due(3_600_200).length], [0, 1]);
  });

  it("matrix 40: time that nobody lived through makes nothing younger than now, in a pause neither", () => {
    const out = outbound();
    out.send(1, Buffer.from("a"), 1_000);
    out.skip(3_600_000, 2_000);
    assert.equal(out.stalledFor(2_100), 100);
    out.pause(2_100);
    out.skip(3_600_000, 9_000);
    out.resume(9_000);
    assert.equal(out.stalledFor(9_300), 300);
  });

  for (const roundTripMs of [0.1, 20, 300]) {
    it(`matrix 21: on a link of ${roundTripMs} ms that loses nothing, nothing is sent again`, () => {
      const out = outbound({ windowMessages: 256, windowBytes: 1_000_000, initialRtoMs: 600 });
      const acknowledgements: { readonly at: number; readonly sequence: number }[] = [];
      // A message a millisecond, a tick each hundred, acknowledgements as they come.
      for (let now = 0; now < 5_000; now++) {
        while ((acknowledgements[0]?.at ?? Infinity) <= now)
          out.acknowledge(acknowledgements.shift()?.sequence ?? -1, now);
        if (now % 100 === 0) assert.deepEqual(texts(out.due(now)), [], `at ${now} ms`);
        if (out.open)
          acknowledgements.push({ at: now + roundTripMs, sequence: out.send(1, Buffer.from("x"), now).sequence });
      }
      assert.ok(out.sent > 4_000, String(out.sent));
      assert.equal(out.resent, 0);
    });
  }
});
