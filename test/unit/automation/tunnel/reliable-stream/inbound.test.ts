import assert from "node:assert/strict";
import fc from "fast-check";
import { Inbound, type Sequenced } from "../../../../../automation/tunnel/reliable-stream/inbound";

const message = (sequence: number, size = 1): Sequenced => ({ sequence, payload: Buffer.alloc(size) });
const inbound = (reorderMessages = 100, reorderBytes = 1_000): Inbound<Sequenced> =>
  new Inbound({ reorderMessages, reorderBytes });
const numbers = (messages: readonly Sequenced[]): number[] => messages.map(({ sequence }) => sequence);

describe("inbound half", () => {
  it("matrix 16: delivers in order, buffered successors with the one that was missing", () => {
    const into = inbound();
    const verdicts = [0, 2, 3, 1].map((sequence) => into.receive(message(sequence)));
    assert.deepEqual(
      verdicts.map(({ acknowledge }) => acknowledge),
      [true, true, true, true],
    );
    assert.deepEqual(
      verdicts.map(({ deliver }) => numbers(deliver)),
      [[0], [], [], [1, 2, 3]],
    );
    assert.equal(into.buffered, 0);
  });

  it("matrix 17: acknowledges old and buffered duplicates again and delivers nothing", () => {
    const into = inbound();
    for (const sequence of [0, 2]) into.receive(message(sequence));
    for (const sequence of [0, 2])
      assert.deepEqual(into.receive(message(sequence)), { acknowledge: true, deliver: [] });
    assert.equal(into.duplicates, 2);
  });

  it("matrix 20: acknowledges nothing beyond its bounds, by count or bytes, and still takes what closes the gap", () => {
    const byCount = inbound(2);
    assert.deepEqual(
      [5, 6, 7].map((sequence) => byCount.receive(message(sequence)).acknowledge),
      [true, true, false],
    );
    const byBytes = inbound(100, 10);
    assert.deepEqual(
      [5, 6].map((sequence) => byBytes.receive(message(sequence, 6)).acknowledge),
      [true, false],
    );
    assert.deepEqual(numbers(byCount.receive(message(0)).deliver), [0]);
  });

  it("matrix 16, 17, 18: any loss, order and doubling ends in each message once, in order", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.infiniteStream(fc.nat(1_000)), (count, choices) => {
        const into = inbound(5);
        const missing = new Set(Array.from({ length: count }, (_, sequence) => sequence));
        const delivered: number[] = [];
        const choose = choices[Symbol.iterator]();
        for (let turn = 0; missing.size > 0 && turn < 20_000; turn++) {
          // The sender repeats anything that is not acknowledged, and now and then something that is.
          const pool = turn % 7 === 0 ? Array.from({ length: count }, (_, sequence) => sequence) : [...missing];
          const sequence = pool[(choose.next().value as number) % pool.length] ?? 0;
          const verdict = into.receive(message(sequence));
          if (verdict.acknowledge) missing.delete(sequence);
          delivered.push(...numbers(verdict.deliver));
        }
        assert.deepEqual(
          delivered,
          Array.from({ length: count }, (_, sequence) => sequence),
        );
      }),
      { numRuns: 300 },
    );
  });
});
