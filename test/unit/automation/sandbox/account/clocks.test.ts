import assert from "node:assert/strict";
import { makeClocks } from "../../../../../automation/sandbox/account/clocks";

describe("the sandbox's clocks", () => {
  const setUp = () => {
    const machine = { now: 1000, monotonic: 0 };
    const knobs = { wallOffsetMs: 0, speed: 120 };
    return {
      machine,
      knobs,
      clocks: makeClocks(
        knobs,
        () => machine.now,
        () => machine.monotonic,
      ),
    };
  };

  it("wall is the machine's clock and the knob", () => {
    const { knobs, clocks } = setUp();
    knobs.wallOffsetMs = 600_000;
    assert.equal(clocks.wall(), 601_000);
  });

  it("work runs faster than the machine, and asking does not advance it", () => {
    const { machine, clocks } = setUp();
    machine.monotonic = 10;
    assert.deepEqual([clocks.work(), clocks.work()], [1200, 1200]);
    assert.equal(clocks.realDelay(1200), 10);
  });

  it("another speed counts from the next question on", () => {
    const { machine, knobs, clocks } = setUp();
    machine.monotonic = 10;
    clocks.work();
    knobs.speed = 1;
    // Until somebody asks, the old speed still holds.
    assert.equal(clocks.work(), 1200);
    machine.monotonic = 20;
    assert.equal(clocks.work(), 1210);
  });
});
