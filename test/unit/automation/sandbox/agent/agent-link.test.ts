import assert from "node:assert/strict";
import { AgentLink } from "../../../../../automation/sandbox/agent/agent-link";
import { encodeAcknowledge } from "../../../../../automation/tunnel/wire/acknowledge";
import { decodeMessage, encodeMessage, type AgentMessage } from "../../../../../automation/tunnel/wire/agent-message";

const ID = "6ba7b810-9dad-41d1-80b4-00c04fd430c8";

function bench(resendPerTick = 1) {
  const sent: AgentMessage[] = [];
  const delivered: string[] = [];
  const state = { ready: true, acknowledged: 0 };
  const link = new AgentLink({
    transmit: (frame) => {
      const decoded = decodeMessage(frame);
      if (decoded.ok) sent.push(decoded.message);
    },
    deliver: (type, payload) => {
      if (state.ready) delivered.push(`${type}:${payload.toString()}`);
      return state.ready;
    },
    acknowledged: () => (state.acknowledged += 1),
    wall: () => 1_700_000_000_000,
    randomBytes: (size) => Buffer.alloc(size, 1),
    resendPerTick: () => resendPerTick,
  });
  const receive = (sequence: number, text: string, type = "input_stream_data"): void =>
    link.receive(
      encodeMessage({ type, createdDate: 1, sequence, flags: 0, id: ID, payloadType: 1, payload: Buffer.from(text) }),
    );
  const acks = (): number[] =>
    sent
      .splice(0)
      .filter((message) => message.type === "acknowledge")
      .map(
        (message) =>
          (JSON.parse(message.payload.toString()) as Record<string, number>)["AcknowledgedMessageSequenceNumber"] ?? -1,
      );
  return { link, sent, delivered, state, receive, acks };
}

describe("agent link", () => {
  it("sends output_stream_data from 0, flags 1 on the very first, 0 on the others", () => {
    const { link, sent } = bench();
    for (const text of ["a", "b"]) link.send(1, Buffer.from(text));
    assert.deepEqual(
      sent.map(({ type, sequence, flags }) => [type, sequence, flags]),
      [
        ["output_stream_data", 0, 1],
        ["output_stream_data", 1, 0],
      ],
    );
  });

  it("matrix 15: acknowledges each input message with flags 3, and nothing else", () => {
    const { receive, sent } = bench();
    receive(0, "a");
    receive(1, "", "acknowledge");
    receive(1, "", "channel_closed");
    assert.deepEqual(
      sent.map(({ type, flags, sequence }) => [type, flags, sequence]),
      [["acknowledge", 3, 0]],
    );
  });

  it("matrix 16, 17: orders what comes early, acknowledges what comes again", () => {
    const { receive, delivered, acks } = bench();
    for (const sequence of [1, 0, 1, 0, 2]) receive(sequence, `m${sequence}`);
    assert.deepEqual(acks(), [1, 0, 1, 0, 2]);
    assert.deepEqual(delivered, ["1:m0", "1:m1", "1:m2"]);
  });

  it("matrix 19: does not acknowledge what it is not ready for, and takes it when it comes again", () => {
    const { receive, delivered, acks, state } = bench();
    state.ready = false;
    receive(0, "a");
    assert.deepEqual(acks(), []);
    state.ready = true;
    receive(0, "a");
    assert.deepEqual([acks(), delivered], [[0], ["1:a"]]);
  });

  it("matrix 18: sends only the oldest again, after two ticks, without limit, until it is acknowledged", () => {
    const { link, sent, state } = bench();
    for (const text of ["a", "b"]) link.send(1, Buffer.from(text));
    sent.length = 0;
    for (let turn = 0; turn < 6; turn++) link.tick();
    assert.deepEqual(
      sent.splice(0).map(({ sequence }) => sequence),
      [0, 0, 0],
    );
    link.receive(encodeAcknowledge({ type: "output_stream_data", id: ID, sequence: 0 }, { id: ID, createdDate: 1 }));
    assert.deepEqual([state.acknowledged, link.outstanding], [1, 1]);
    link.tick();
    assert.deepEqual(
      sent.map(({ sequence }) => sequence),
      [1],
    );
  });

  it("matrix 6: drops and counts frames that are no message", () => {
    const { link, delivered } = bench();
    link.receive(Buffer.from("nonsense"));
    assert.deepEqual([link.dropped, delivered], [1, []]);
  });
});
