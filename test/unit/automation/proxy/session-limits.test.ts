import assert from "node:assert/strict";
import { Refusal } from "../../../../automation/proxy/refusal";
import { withinLimit } from "../../../../automation/proxy/session-limits";
import { FakeClock } from "../../../support/fake-clock";

describe("limit of a login's phase", () => {
  const late = new Refusal("57014", "too late");
  const limit = (clock: FakeClock, signal = new AbortController().signal) => ({ clock, ms: 1000, signal, late });

  it("lets through what is done in time, and what failed", async () => {
    assert.equal(await withinLimit(Promise.resolve(7), limit(new FakeClock())), 7);
    await assert.rejects(withinLimit(Promise.reject(new Error("no")), limit(new FakeClock())), { message: "no" });
  });

  it("says that it is too late after its time and not before", async () => {
    const clock = new FakeClock();
    let over = false;
    const waits = withinLimit(new Promise(() => undefined), limit(clock));
    waits.catch(() => (over = true));
    await clock.advance(999);
    assert.equal(over, false);
    await clock.advance(1);
    await assert.rejects(waits, late);
  });

  it("ends with the signal's reason", async () => {
    const stop = new AbortController();
    const waits = withinLimit(new Promise(() => undefined), limit(new FakeClock(), stop.signal));
    stop.abort(new Error("stopped"));
    await assert.rejects(waits, { message: "stopped" });
  });
});
