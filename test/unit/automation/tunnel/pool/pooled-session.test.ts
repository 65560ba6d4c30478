import assert from "node:assert/strict";
import { PooledSession } from "../../../../../automation/tunnel/pool/pooled-session";
import { fakeTunnel } from "../../../../support/fake-tunnel";

describe("a session of a pool, as it is seen", () => {
  it("counts streams, and knows since when it has none", async () => {
    const tunnel = fakeTunnel();
    const session = new PooledSession(7, tunnel, 1_000);
    assert.deepEqual(session.view(5_000), {
      id: 7,
      ready: true,
      retired: false,
      streams: 0,
      bytesPerSecond: 0,
      stuck: false,
      idleSince: 1_000,
    });
    const stream = await tunnel.openStream();
    session.measure(6_000);
    assert.deepEqual([session.view(6_000).streams, session.view(6_000).idleSince], [1, undefined]);
    stream.destroy();
    session.measure(9_000);
    assert.equal(session.view(20_000).idleSince, 9_000);
  });

  it("measures its download by the second, and sees one that has just begun", () => {
    const tunnel = fakeTunnel();
    const session = new PooledSession(1, tunnel, 0);
    tunnel.set.receivedBytes = 500_000;
    assert.equal(session.view(100).bytesPerSecond, 500_000);
    session.measure(1_000);
    assert.equal(session.view(1_000).bytesPerSecond, 500_000);
    session.measure(2_000);
    assert.equal(session.view(2_000).bytesPerSecond, 0);
  });

  it("is stuck while readers are behind, or nothing was acknowledged for 3 s", () => {
    const tunnel = fakeTunnel();
    const session = new PooledSession(1, tunnel, 0);
    tunnel.set.stalledMs = 2_999;
    assert.equal(session.view(0).stuck, false);
    tunnel.set.stalledMs = 3_000;
    assert.equal(session.view(0).stuck, true);
    tunnel.set.stalledMs = 0;
    tunnel.set.pressed = true;
    assert.equal(session.view(0).stuck, true);
  });
});
