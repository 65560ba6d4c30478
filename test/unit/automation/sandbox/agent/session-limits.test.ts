import assert from "node:assert/strict";
import { SessionLimits } from "../../../../../automation/sandbox/agent/session-limits";

const MINUTE = 60_000;

function bench(knobs: object = {}) {
  const time = { work: 5 * MINUTE, speed: 120 };
  const set = { idleMinutes: 20, maxMinutes: 0, rotateMinutes: 60, leastLimitMs: 0, ...knobs };
  const limits = new SessionLimits({ work: () => time.work, realDelay: (ms) => ms / time.speed }, set);
  return { limits, time, set };
}

describe("session limits", () => {
  it("20 minutes without data end a session; data begins them anew", () => {
    const { limits, time } = bench();
    time.work += 20 * MINUTE - 1;
    assert.equal(limits.over(), undefined);
    limits.used();
    time.work += 20 * MINUTE - 1;
    assert.equal(limits.over(), undefined);
    time.work += 1;
    assert.equal(limits.over(), "Session timed out.");
  });

  it("without a maximum duration there is none; one that is set later binds what runs", () => {
    const { limits, time, set } = bench();
    time.work += 3_000 * MINUTE;
    limits.used();
    assert.equal(limits.over(), undefined);
    set.maxMinutes = 1_440;
    assert.equal(limits.over(), "Session reached its maximum duration.");
  });

  it("a socket rotates after 60 minutes, whatever the session's age; 0 is never", () => {
    const { limits, time, set } = bench();
    time.work += 59 * MINUTE;
    assert.equal(limits.rotates(5 * MINUTE), false);
    time.work += MINUTE;
    assert.equal(limits.rotates(5 * MINUTE), true);
    assert.equal(limits.rotates(time.work - MINUTE), false);
    set.rotateMinutes = 0;
    assert.equal(limits.rotates(0), false);
  });

  it("no limit acts before its least real time", () => {
    const { limits, time } = bench({ leastLimitMs: 30_000 });
    time.work += 20 * MINUTE;
    assert.equal(limits.over(), undefined);
    time.work += 40 * MINUTE;
    assert.equal(limits.over(), "Session timed out.");
  });
});
