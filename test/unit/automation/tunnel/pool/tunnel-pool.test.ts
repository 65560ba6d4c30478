import assert from "node:assert/strict";
import { SallyportError } from "../../../../../automation/core/errors";
import { TunnelPool, type PoolEvent, type TunnelPoolLimits } from "../../../../../automation/tunnel/pool/tunnel-pool";
import { FakeClock } from "../../../../support/fake-clock";
import { fakeTunnel, type FakeTunnel } from "../../../../support/fake-tunnel";

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const noNetwork = (): SallyportError => new SallyportError("AWS_UNREACHABLE", { message: "no network" });

/** A pool whose sessions are opened by hand: `next` answers the oldest call of `open` that waits. */
function bench(limits: Partial<TunnelPoolLimits> = {}) {
  const clock = new FakeClock();
  const events: PoolEvent[] = [];
  const calls: { resolve: (tunnel: FakeTunnel) => void; reject: (error: Error) => void }[] = [];
  const tunnels: FakeTunnel[] = [];
  const pool = new TunnelPool({
    clock,
    limits,
    onEvent: (event) => events.push(event),
    open: () => new Promise((resolve, reject) => calls.push({ resolve, reject })),
  });
  const next = async (): Promise<FakeTunnel> => {
    while (calls.length === 0) await turn();
    const tunnel = fakeTunnel();
    tunnels.push(tunnel);
    calls.shift()?.resolve(tunnel);
    await turn();
    return tunnel;
  };
  const fail = async (error: Error): Promise<void> => {
    while (calls.length === 0) await turn();
    calls.shift()?.reject(error);
    await turn();
  };
  const started = async (): Promise<FakeTunnel> => {
    const start = pool.start();
    const first = await next();
    await start;
    return first;
  };
  const living = (): number => tunnels.filter(({ load }) => load.ready).length;
  return { living, clock, events, calls, tunnels, pool, next, fail, started };
}

describe("tunnel pool", () => {
  it("a first session that cannot be opened says so at once", async () => {
    const { pool, fail } = bench();
    const refused = assert.rejects(pool.start(), { code: "AUTH_FORBIDDEN" });
    await fail(new SallyportError("AUTH_FORBIDDEN", { message: "refused" }));
    await refused;
  });

  it("grows when a session has its streams full, and spreads what comes then", async () => {
    const { pool, next, started, events } = bench({ streamsPerSession: 2 });
    const first = await started();
    await pool.openStream();
    await pool.openStream();
    const third = pool.openStream();
    const second = await next();
    await third;
    assert.deepEqual([first.streams.length, second.streams.length], [2, 1]);
    assert.deepEqual(events.at(-1), { type: "session-opened", session: 2, sessions: 2 });
    await pool.close();
  });

  it("a big download does not starve what comes after it: that gets a session of its own", async () => {
    const { pool, next, started, clock } = bench();
    const first = await started();
    await pool.openStream();
    first.set.receivedBytes = 600_000;
    await clock.advance(1_000);
    const small = pool.openStream();
    const second = await next();
    await small;
    assert.deepEqual([first.streams.length, second.streams.length], [1, 1]);
    await pool.close();
  });

  it("a full session is better than none when another does not come soon", async () => {
    const { pool, started, clock, calls } = bench({ streamsPerSession: 1 });
    const first = await started();
    await pool.openStream();
    const second = pool.openStream();
    await clock.advance(2_000);
    await second;
    assert.deepEqual([first.streams.length, calls.length], [2, 1]);
    const closed = pool.close();
    calls[0]?.reject(noNetwork());
    await closed;
  });

  it("shrinks to one when idle", async () => {
    const { pool, living, next, started, clock, events } = bench({ streamsPerSession: 1 });
    await started();
    const one = await pool.openStream();
    const more = pool.openStream();
    await next();
    (await more).destroy();
    one.destroy();
    await turn();
    await clock.advance(62_000);
    assert.equal(living(), 1);
    assert.deepEqual(events.at(-1), { type: "session-left", session: 2, sessions: 1, why: "idle" });
    await pool.close();
  });

  it("replaces a session that was lost when the next stream comes, and serves who waited meanwhile", async () => {
    const { pool, next, started, events } = bench();
    const first = await started();
    first.end("The session was ended: bastion stopped.");
    await turn();
    assert.deepEqual(events.at(-1), {
      type: "session-lost",
      session: 1,
      sessions: 0,
      message: "The session was ended: bastion stopped.",
    });
    const streams = [pool.openStream(), pool.openStream()];
    const second = await next();
    await Promise.all(streams);
    assert.equal(second.streams.length, 2);
    await pool.close();
  });

  it("a network that is gone: tries again every 2 s while somebody waits; who waited too long hears why", async () => {
    const { pool, started, clock, fail, next } = bench({ queueMs: 5_000 });
    (await started()).end("gone");
    await turn();
    const waiting = pool.openStream();
    const refused = assert.rejects(waiting, {
      code: "TUNNEL_TIMEOUT",
      message: "No tunnel was ready within 5 s: no network",
    });
    await fail(noNetwork());
    await clock.advance(2_000);
    await fail(noNetwork());
    await clock.advance(3_000);
    await refused;
    const patient = pool.openStream();
    await next();
    await patient;
    await pool.close();
  });

  it("a refusal that waiting does not mend is told at once", async () => {
    const { pool, started, fail } = bench();
    (await started()).end("gone");
    await turn();
    const refused = assert.rejects(pool.openStream(), { code: "AUTH_FORBIDDEN", message: "refused" });
    await fail(new SallyportError("AUTH_FORBIDDEN", { message: "refused" }));
    await refused;
    await pool.close();
  });

  it("streams wait while the only session has lost its line, and go on when it is back", async () => {
    const { pool, started, clock, calls } = bench();
    const first = await started();
    first.set.ready = false;
    const waiting = pool.openStream();
    await turn();
    assert.equal(calls.length, 0, "no new session for one that comes back");
    first.set.ready = true;
    await clock.advance(1_000);
    await waiting;
    assert.equal(first.streams.length, 1);
    await pool.close();
  });

  it("fail-over: when the server ends an established connection, the next goes over a session that looks the name up anew", async () => {
    const { pool, living, started, next, clock, events } = bench();
    const first = await started();
    await clock.advance(10_000);
    await pool.openStream();
    const other = await pool.openStream();
    await clock.advance(10_000);
    first.streams[0]?.endByPeer();
    await turn();
    const after = pool.openStream();
    const second = await next();
    await after;
    assert.equal(second.streams.length, 1);
    assert.equal(living(), 2, "the old session lives while it has streams");
    other.destroy();
    await turn();
    assert.deepEqual(events.at(-1), { type: "session-left", session: 1, sessions: 1, why: "address" });
    await pool.close();
  });

  it("close waits for the farewell of a session that is being left", async () => {
    const { pool, next, started, clock, events } = bench({ streamsPerSession: 1 });
    await started();
    const one = await pool.openStream();
    const more = pool.openStream();
    const second = await next();
    const said: string[] = [];
    let answered = (): void => assert.fail("nobody said farewell");
    second.close = () => {
      said.push("farewell");
      return new Promise<void>((resolve) => (answered = resolve)).then(() => void said.push("answered"));
    };
    for (const stream of [one, await more]) stream.destroy();
    await turn();
    await clock.advance(62_000);
    assert.deepEqual(events.at(-1), { type: "session-left", session: 2, sessions: 1, why: "idle" });
    const closed = pool.close().then(() => said.push("pool closed"));
    await turn();
    assert.deepEqual(said, ["farewell"]);
    answered();
    await closed;
    assert.deepEqual(said, ["farewell", "answered", "pool closed"]);
  });

  it("close waits for what the end of a lost session brings with it", async () => {
    const { pool, started } = bench();
    const first = await started();
    let answered = (): void => assert.fail("nobody closed it");
    let over = false;
    first.close = () => new Promise((resolve) => (answered = resolve));
    first.end("The network is gone.");
    await turn();
    const closed = pool.close().then(() => (over = true));
    await turn();
    assert.equal(over, false);
    answered();
    await closed;
  });

  it("close waits for that too when the session is lost while it closes", async () => {
    const { pool, started, calls } = bench({ streamsPerSession: 1 });
    const first = await started();
    await pool.openStream();
    const refused = assert.rejects(pool.openStream(), { code: "TUNNEL_CLOSED" });
    while (calls.length === 0) await turn();
    let answered = (): void => assert.fail("nobody closed it");
    let over = false;
    first.close = () => new Promise((resolve) => (answered = resolve));
    const closed = pool.close().then(() => (over = true));
    first.end("The network is gone.");
    await turn();
    calls[0]?.reject(noNetwork());
    await turn();
    assert.equal(over, false);
    answered();
    await closed;
    await refused;
  });

  it("a farewell that fails is nobody's failure", async () => {
    const { pool, started } = bench();
    const first = await started();
    first.close = () => Promise.reject(new Error("no answer"));
    await pool.close();
  });

  it("too many who wait are TUNNEL_BUSY; close tells all that wait", async () => {
    const { pool, started } = bench({ maxWaiting: 1 });
    (await started()).set.ready = false;
    const waiting = assert.rejects(pool.openStream(), {
      code: "TUNNEL_CLOSED",
      message: "The tunnel was closed here.",
    });
    await assert.rejects(pool.openStream(), { code: "TUNNEL_BUSY" });
    await pool.close();
    await waiting;
    await assert.rejects(pool.openStream(), { code: "TUNNEL_CLOSED" });
  });

  it("an abort ends a wait with its reason", async () => {
    const { pool, started } = bench();
    (await started()).set.ready = false;
    const stop = new AbortController();
    const waiting = assert.rejects(pool.openStream(stop.signal), { message: "Ctrl-C" });
    stop.abort(new Error("Ctrl-C"));
    await waiting;
    await pool.close();
  });
});
