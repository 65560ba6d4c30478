import assert from "node:assert/strict";
import { waitFor } from "../../../../automation/core/retry";
import { FakeClock } from "../../../support/fake-clock";

describe("waitFor", () => {
  it("answers the first defined value", async () => {
    const clock = new FakeClock();
    let looks = 0;
    const found = waitFor(async () => (++looks === 3 ? "here" : undefined), {
      clock,
      timeoutMs: 1000,
      intervalMs: 100,
    });
    await new Promise((resolve) => setImmediate(resolve));
    await clock.advance(1000);
    assert.equal(await found, "here");
    assert.equal(looks, 3);
  });

  it("answers undefined when time is up, looking once more at the very end", async () => {
    const clock = new FakeClock();
    let looks = 0;
    const found = waitFor(async () => void (looks += 1), { clock, timeoutMs: 250, intervalMs: 100 });
    await new Promise((resolve) => setImmediate(resolve));
    await clock.advance(300);
    assert.equal(await found, undefined);
    assert.equal(looks, 4);
  });

  it("rejects with the signal's reason when it aborts", async () => {
    const controller = new AbortController();
    const clock = new FakeClock();
    const found = waitFor(async () => undefined, {
      clock,
      timeoutMs: 1000,
      intervalMs: 100,
      signal: controller.signal,
    });
    await new Promise((resolve) => setImmediate(resolve));
    controller.abort(new Error("stop"));
    await assert.rejects(found, /^Error: stop$/);
  });
});
