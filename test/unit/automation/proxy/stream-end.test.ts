import assert from "node:assert/strict";
import { once } from "node:events";
import { Duplex } from "node:stream";
import { endGently } from "../../../../automation/proxy/stream-end";
import { FakeClock } from "../../../support/fake-clock";
import { readToEnd, socketPair } from "./proxy-fixture";

describe("a gentle end", () => {
  it("lets a peer that still sends read the last words", async () => {
    const [near, far] = await socketPair();
    far.pause();
    near.write(Buffer.alloc(100_000));
    endGently(far, new FakeClock(), Buffer.from("last words"));
    assert.equal((await readToEnd(near)).toString(), "last words");
    await once(far, "close");
  });

  it("closes after two seconds when the peer does not", async () => {
    const [near, far] = await socketPair();
    near.allowHalfOpen = true;
    near.pause();
    const clock = new FakeClock();
    endGently(far, clock);
    while (clock.asleep === 0) await new Promise((resolve) => setImmediate(resolve));
    await clock.advance(1999);
    assert.equal(far.destroyed, false);
    await clock.advance(1);
    assert.equal(far.destroyed, true);
    near.destroy();
  });

  it("gives last words two seconds also when they cannot be written", async () => {
    const stuck = new Duplex({ read: () => undefined, write: () => undefined });
    const clock = new FakeClock();
    endGently(stuck, clock, Buffer.from("last words"));
    await clock.advance(2000);
    assert.equal(stuck.destroyed, true);
  });

  it("gives a slow reader all the time for what was written before", async () => {
    const stuck = new Duplex({ read: () => undefined, write: () => undefined });
    stuck.write("a result");
    const clock = new FakeClock();
    endGently(stuck, clock);
    await clock.advance(60_000);
    assert.equal(stuck.destroyed, false);
    stuck.destroy();
  });

  it("does nothing to a stream that is gone, and does not mind one that ended", async () => {
    const [near, far] = await socketPair();
    far.end("bye");
    endGently(far, new FakeClock(), Buffer.from("too late"));
    assert.equal((await readToEnd(near)).toString(), "bye");
    far.destroy();
    endGently(far, new FakeClock());
  });
});
