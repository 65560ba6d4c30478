import assert from "node:assert/strict";
import fc from "fast-check";
import { doubtful, leavable, placeStream, type SessionView } from "../../../../../automation/tunnel/pool/pool-plan";
import { POOL_LIMITS } from "../../../../../automation/tunnel/pool/tunnel-pool";

const session = (id: number, more: Partial<SessionView> = {}): SessionView => ({
  id,
  ready: true,
  retired: false,
  streams: 1,
  bytesPerSecond: 0,
  stuck: false,
  idleSince: undefined,
  ...more,
});

const any = fc.array(
  fc.record({
    ready: fc.boolean(),
    retired: fc.boolean(),
    streams: fc.nat(9),
    bytesPerSecond: fc.constantFrom(0, 1_000, 600_000),
    stuck: fc.boolean(),
    idleSince: fc.constantFrom(undefined, 0, 90_000),
  }),
  { maxLength: 6 },
);

describe("choosing a session of a pool", () => {
  const TABLE: [string, SessionView[], number, ReturnType<typeof placeStream>][] = [
    ["nobody there: open one and wait", [], 0, { use: undefined, grow: true, reluctant: false }],
    ["one is on its way: wait", [], 1, { use: undefined, grow: false, reluctant: false }],
    [
      "its line was lost: wait until it is back",
      [session(1, { ready: false })],
      0,
      { use: undefined, grow: false, reluctant: false },
    ],
    ["one with room", [session(1)], 0, { use: 1, grow: false, reluctant: false }],
    [
      "the least busy",
      [session(1, { bytesPerSecond: 300_000 }), session(2)],
      0,
      { use: 2, grow: false, reluctant: false },
    ],
    ["the fewer streams", [session(1, { streams: 3 }), session(2)], 0, { use: 2, grow: false, reluctant: false }],
    [
      "a big download: grow, and rather wait for that",
      [session(1, { bytesPerSecond: 600_000 })],
      0,
      { use: 1, grow: true, reluctant: true },
    ],
    ["many streams: grow", [session(1, { streams: 4 })], 0, { use: 1, grow: true, reluctant: true }],
    ["stuck: grow", [session(1, { stuck: true })], 0, { use: 1, grow: true, reluctant: true }],
    [
      "never the stuck one if another is not",
      [session(1, { stuck: true }), session(2, { streams: 4 })],
      0,
      { use: 2, grow: true, reluctant: true },
    ],
    ["full, and one is on its way", [session(1, { streams: 4 })], 1, { use: 1, grow: false, reluctant: true }],
    [
      "as large as it may be",
      [1, 2, 3, 4].map((id) => session(id, { streams: 5 })),
      0,
      { use: 1, grow: false, reluctant: false },
    ],
    ["not a retired one", [session(1, { retired: true })], 0, { use: undefined, grow: true, reluctant: false }],
  ];
  for (const [title, sessions, opening, expected] of TABLE) {
    it(title, () => assert.deepEqual(placeStream(sessions, opening, POOL_LIMITS), expected));
  }

  it("never uses a session that is not ready or retired, never grows beyond its bound, never waits for nothing", () => {
    fc.assert(
      fc.property(any, fc.nat(1), (views, opening) => {
        const sessions = views.map((view, index) => ({ ...view, id: index + 1 }));
        const { use, grow } = placeStream(sessions, opening, POOL_LIMITS);
        const used = sessions.find(({ id }) => id === use);
        const living = sessions.filter(({ retired }) => !retired);
        assert.ok(!used || (used.ready && !used.retired));
        assert.ok(!grow || living.length < POOL_LIMITS.maxSessions);
        assert.ok(use !== undefined || grow || opening > 0 || living.length > 0);
      }),
    );
  });
});

describe("leaving sessions of a pool", () => {
  it("leaves idle ones beyond the first, those without a line and then the youngest first; and retired ones when they are empty", () => {
    const idle = { streams: 0, idleSince: 0 };
    assert.deepEqual(leavable([session(1, idle)], 60_000, POOL_LIMITS), []);
    assert.deepEqual(leavable([session(1, idle), session(2, idle), session(3, idle)], 60_000, POOL_LIMITS), [3, 2]);
    assert.deepEqual(leavable([session(1, idle), session(2, idle)], 59_999, POOL_LIMITS), []);
    assert.deepEqual(leavable([session(1, idle), session(2)], 60_000, POOL_LIMITS), [1]);
    const lost = { ...idle, ready: false };
    assert.deepEqual(leavable([session(1, lost), session(2, idle)], 60_000, POOL_LIMITS), [1]);
    assert.deepEqual(leavable([session(1, idle), session(2, lost), session(3, idle)], 60_000, POOL_LIMITS), [2, 3]);
    assert.deepEqual(leavable([session(1, { retired: true })], 0, POOL_LIMITS), []);
    assert.deepEqual(leavable([session(1, { retired: true, streams: 0, idleSince: 0 })], 0, POOL_LIMITS), [1]);
  });

  it("never leaves one with streams, nor the last that is not retired", () => {
    fc.assert(
      fc.property(any, (views) => {
        const sessions = views.map((view, index) => ({
          ...view,
          id: index + 1,
          idleSince: view.streams > 0 ? undefined : view.idleSince,
        }));
        const left = leavable(sessions, 100_000, POOL_LIMITS);
        const living = sessions.filter(({ retired }) => !retired);
        assert.ok(left.every((id) => sessions.find((one) => one.id === id)?.streams === 0));
        assert.ok(living.length === 0 || living.some(({ id }) => !left.includes(id)));
      }),
    );
  });
});

describe("an address in doubt", () => {
  const old = { ageMs: 60_000, proven: true };
  const end = { byPeer: true, dialFailed: false, ageMs: 60_000, session: old };
  const TABLE: [string, Parameters<typeof doubtful>[0], boolean][] = [
    ["an established connection that the server ends first: a fail-over, perhaps", end, true],
    ["so on a young session too", { ...end, ageMs: 3_000, session: { ageMs: 3_000, proven: true } }, true],
    ["our own end says nothing", { ...end, byPeer: false }, false],
    ["our own end of a stream beside a failed dial neither", { ...end, byPeer: false, dialFailed: true }, false],
    ["a refused login says nothing", { ...end, ageMs: 500 }, false],
    [
      "an address that was good and cannot be dialled",
      { ...end, dialFailed: true, ageMs: 5, session: { ageMs: 900, proven: true } },
      true,
    ],
    [
      "one that was never good, looked up just now: the database is down",
      { ...end, dialFailed: true, ageMs: 5, session: { ageMs: 900, proven: false } },
      false,
    ],
    [
      "one that was never good, looked up a while ago",
      { ...end, dialFailed: true, ageMs: 5, session: { ageMs: 5_000, proven: false } },
      true,
    ],
  ];
  for (const [title, about, expected] of TABLE) it(title, () => assert.equal(doubtful(about), expected));
});
