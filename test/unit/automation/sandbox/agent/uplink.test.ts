import assert from "node:assert/strict";
import fc from "fast-check";
import { Uplink } from "../../../../../automation/sandbox/agent/uplink";

const turns = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
};

function bench(payloadBytes = 4, paceMs = 0) {
  const sent: string[] = [];
  const state = { ready: true, drained: 0 };
  const uplink = new Uplink({
    payloadBytes: () => payloadBytes,
    paceMs: () => paceMs,
    ready: () => state.ready,
    send: (payload) => sent.push(String(payload)),
    drained: () => (state.drained += 1),
  });
  return { uplink, sent, state };
}

describe("uplink", () => {
  it("cuts one byte stream into payloads, whatever the writes", async () => {
    const { uplink, sent } = bench();
    for (const text of ["a", "bcdefg", "hi"]) uplink.write(Buffer.from(text));
    await turns(2);
    assert.deepEqual(sent, ["abcd", "efgh", "i"]);
  });

  it("waits its pace between payloads", async () => {
    const { uplink, sent } = bench(4, 5);
    uplink.write(Buffer.from("abcdefgh"));
    await turns(2);
    assert.deepEqual(sent, []);
    const begin = performance.now();
    while (sent.length < 2) await new Promise((resolve) => setTimeout(resolve, 1));
    assert.ok(performance.now() - begin >= 8);
    uplink.close();
  });

  it("matrix 33, 37: stops while the line is not ready and goes on when kicked; nothing is lost", async () => {
    const { uplink, sent, state } = bench();
    state.ready = false;
    uplink.write(Buffer.from("abcd"));
    await turns(2);
    assert.deepEqual(sent, []);
    state.ready = true;
    uplink.kick();
    await turns(2);
    assert.deepEqual(sent, ["abcd"]);
  });

  it("matrix 31: once it had enough it says when there is room, whatever small things are written meanwhile", async () => {
    const { uplink, state } = bench(64 * 1024, 1);
    assert.equal(uplink.write(Buffer.alloc(300 * 1024)), false);
    // Below the mark, but not low enough yet to go on: e.g. the end of another stream.
    while (state.drained === 0) {
      assert.equal(uplink.write(Buffer.from("fin")), false);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    assert.equal(state.drained, 1);
    uplink.close();
  });

  it("matrix 31: says when it has enough, and when there is room again", async () => {
    const { uplink, state } = bench(64 * 1024);
    state.ready = false;
    assert.equal(uplink.write(Buffer.alloc(256 * 1024)), true);
    assert.equal(uplink.write(Buffer.alloc(1)), false);
    state.ready = true;
    uplink.kick();
    await turns(3);
    assert.equal(state.drained, 1);
  });

  it("closed sends nothing more", async () => {
    const { uplink, sent } = bench();
    uplink.write(Buffer.from("abcd"));
    uplink.close();
    await turns(2);
    assert.deepEqual(sent, []);
  });

  it("matrix 22: any writes come out as the same bytes, in payloads of the wanted size but the last", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 12 }),
        fc.integer({ min: 1, max: 16 }),
        async (writes, size) => {
          const sent: Buffer[] = [];
          const uplink = new Uplink({
            payloadBytes: () => size,
            paceMs: () => 0,
            ready: () => true,
            send: (payload) => sent.push(payload),
            drained: () => undefined,
          });
          const whole = Buffer.concat(writes);
          for (const bytes of writes) uplink.write(Buffer.from(bytes));
          while (Buffer.concat(sent).length < whole.length) await turns(1);
          assert.deepEqual(Buffer.concat(sent), whole);
          assert.deepEqual(
            sent.slice(0, -1).filter(({ length }) => length !== size),
            [],
          );
          uplink.close();
        },
      ),
      { numRuns: 200 },
    );
  });

  it("matrix 31: a pace or a size that changes binds the next payload", async () => {
    const knobs = { size: 2, pace: 0 };
    const sent: string[] = [];
    const uplink = new Uplink({
      payloadBytes: () => knobs.size,
      paceMs: () => knobs.pace,
      ready: () => true,
      send: (payload) => {
        sent.push(String(payload));
        knobs.size = 4;
      },
      drained: () => undefined,
    });
    uplink.write(Buffer.from("abcdef"));
    await turns(3);
    assert.deepEqual(sent, ["ab", "cdef"]);
    uplink.close();
  });
});
