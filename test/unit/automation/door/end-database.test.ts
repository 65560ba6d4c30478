import assert from "node:assert/strict";
import { endDatabase } from "../../../../automation/door/end-database";
import { FakeClock } from "../../../support/fake-clock";

describe("ending a connection", () => {
  it("waits for the server's answer, and no failure of it matters", async () => {
    await endDatabase({ end: () => Promise.resolve() }, new FakeClock());
    await endDatabase({ end: () => Promise.reject(new Error("gone")) }, new FakeClock());
  });

  it("gives a dead tunnel two seconds", async () => {
    const clock = new FakeClock();
    let done = false;
    const ending = endDatabase({ end: () => new Promise<void>(() => undefined) }, clock).then(() => (done = true));
    await clock.advance(1_999);
    assert.equal(done, false);
    await clock.advance(1);
    await ending;
    assert.equal(done, true);
  });
});
