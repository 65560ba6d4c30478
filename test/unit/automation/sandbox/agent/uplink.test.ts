import assert from "node:assert/strict";
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

  it("stops while the line is not ready and goes on when kicked", async () => {
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

  it("says when it has enough, and when there is room again", async () => {
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
});
