import assert from "node:assert/strict";
import { systemClock } from "../../../../automation/core/clock";

describe("systemClock", () => {
  it("tells the machine's time", () => {
    assert.ok(Math.abs(systemClock.now() - Date.now()) < 1000);
  });

  it("rejects a sleep with the signal's own reason", async () => {
    const controller = new AbortController();
    const slept = systemClock.sleep(60_000, controller.signal);
    controller.abort(new Error("stop"));
    await assert.rejects(slept, /^Error: stop$/);
  });
});
