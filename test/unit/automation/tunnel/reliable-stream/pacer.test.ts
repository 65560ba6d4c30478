import assert from "node:assert/strict";
import { Pacer } from "../../../../../automation/tunnel/reliable-stream/pacer";

const LIMITS = { framesPerSecond: 800, frameBurst: 100, reservedDataFrames: 100 };

/** Data frames that go in `seconds`, tried every millisecond, with so many acknowledgements each time. */
function dataFrames(pacer: Pacer, seconds: number, acknowledgements: number): number {
  let sent = 0;
  for (let now = 0; now < seconds * 1000; now++) {
    for (let turn = 0; turn < acknowledgements; turn++) pacer.spend(now);
    while (pacer.tryData(now)) sent += 1;
  }
  return sent;
}

describe("pacer", () => {
  it("matrix 41: lets through the burst and then the rate, with the data's own share", () => {
    const sent = dataFrames(new Pacer(LIMITS, 0), 10, 0);
    assert.ok(sent > 8_900 && sent <= 9_101, String(sent));
  });

  it("matrix 41: never starves data, however many acknowledgements go out", () => {
    const sent = dataFrames(new Pacer(LIMITS, 0), 10, 5);
    assert.ok(sent >= 990 && sent <= 1_101, String(sent));
  });

  it("says when to try again, and then it works", () => {
    const pacer = new Pacer({ framesPerSecond: 10, frameBurst: 1, reservedDataFrames: 1 }, 0);
    assert.deepEqual([pacer.tryData(0), pacer.tryData(0), pacer.tryData(0)], [true, true, false]);
    assert.equal(pacer.waitMs(0), 100);
    assert.equal(pacer.tryData(99), false);
    assert.equal(pacer.tryData(100), true);
  });

  it("does not mind a clock that goes backwards", () => {
    const pacer = new Pacer(LIMITS, 1_000);
    assert.equal(pacer.tryData(0), true);
    assert.equal(pacer.waitMs(0), 1);
  });
});
