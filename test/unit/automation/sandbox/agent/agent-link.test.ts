import assert from "node:assert/strict";
import fc from "fast-check";
import { AgentLink } from "../../../../../automation/sandbox/agent/agent-link";
import { encodeAcknowledge } from "../../../../../automation/tunnel/wire/acknowledge";
import { decodeMessage, encodeMessage, type AgentMessage } from "../../../../../automation/tunnel/wire/agent-message";

const ID = "6ba7b810-9dad-41d1-80b4-00c04fd430c8";

function bench(resendPerTick = 1) {
  const sent: AgentMessage[] = [];
  const delivered: string[] = [];
  const state = { ready: true, room: Infinity, acknowledged: 0, lost: 0 };
  const link = new AgentLink({
    transmit: (frame) => {
      const decoded = decodeMessage(frame);
      if (decoded.ok) sent.push(decoded.message);
    },
    deliver: (type, payload) => {
      if (!state.ready || state.room === 0) return false;
      state.room -= 1;
      return delivered.push(`${type}:${payload.toString()}`) > 0;
    },
    acknowledged: () => (state.acknowledged += 1),
    lost: () => (state.lost += 1),
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

  it("matrix 17: acknowledges old duplicates again, however often they come, and delivers them once", () => {
    const { receive, delivered, acks } = bench();
    receive(0, "a");
    for (let again = 0; again < 5; again++) receive(0, "a");
    assert.deepEqual([acks(), delivered], [[0, 0, 0, 0, 0, 0], ["1:a"]]);
  });

  it("matrix 16: takes any order of messages as one order", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...Array(30).keys()], { minLength: 30 }), (order) => {
        const { receive, delivered, acks } = bench();
        for (const sequence of order) receive(sequence, `m${sequence}`);
        assert.deepEqual(
          delivered,
          [...Array(30).keys()].map((sequence) => `1:m${sequence}`),
        );
        assert.deepEqual(acks(), order);
      }),
    );
  });

  it("matrix 20: a gap that is never filled: beyond 10,000 messages nothing is acknowledged or kept", () => {
    const { receive, acks, delivered } = bench();
    for (let sequence = 1; sequence <= 10_050; sequence++) receive(sequence, "");
    assert.equal(acks().length, 10_000);
    receive(0, "");
    assert.deepEqual([acks(), delivered.length], [[0], 10_001]);
  });

  it("matrix 20: a gap that is never filled: beyond 32 MiB nothing is acknowledged or kept", () => {
    const { receive, acks, delivered } = bench();
    const large = "x".repeat(1024 * 1024);
    for (let sequence = 1; sequence <= 40; sequence++) receive(sequence, large);
    assert.equal(acks().length, 32);
    receive(0, "");
    assert.deepEqual([acks(), delivered.length], [[0], 33]);
    receive(33, "y");
    assert.deepEqual(acks(), [33]);
  });

  it("matrix 20: what was promised and cannot be taken yet is taken at a later tick, in order, and acknowledged once", () => {
    const { link, receive, delivered, acks, state } = bench();
    receive(1, "b");
    receive(2, "c");
    assert.deepEqual(acks(), [1, 2]);
    state.room = 2;
    receive(0, "a");
    link.tick();
    assert.deepEqual([acks(), delivered], [[0], ["1:a", "1:b"]]);
    state.room = Infinity;
    link.tick();
    receive(3, "d");
    assert.deepEqual([acks(), delivered.slice(2)], [[3], ["1:c", "1:d"]]);
  });

  it("matrix 33, 34: on another channel sends all that is not acknowledged, in order", () => {
    const { link, sent } = bench();
    for (const text of ["a", "b", "c"]) link.send(1, Buffer.from(text));
    link.receive(encodeAcknowledge({ type: "output_stream_data", id: ID, sequence: 1 }, { id: ID, createdDate: 1 }));
    sent.length = 0;
    link.resendAll();
    assert.deepEqual(
      sent.map(({ sequence }) => sequence),
      [0, 2],
    );
  });

  it("matrix 36: the message whose acknowledgement is lost is processed again when it comes again", () => {
    const { link, receive, delivered, acks, state } = bench();
    link.loseAcknowledgement();
    receive(1, "b");
    receive(0, "a");
    assert.deepEqual([acks(), state.lost], [[1], 1]);
    receive(0, "a");
    assert.deepEqual([acks(), delivered], [[0], ["1:a", "1:a", "1:b"]]);
  });

  it("matrix 37: paused, queues and resends nothing; goes on at start, or when anything comes", () => {
    const { link, sent, receive } = bench();
    link.publish(false);
    for (const text of ["a", "b"]) link.send(1, Buffer.from(text));
    for (let turn = 0; turn < 5; turn++) link.tick();
    assert.deepEqual(sent, []);
    link.publish(true);
    assert.deepEqual(
      sent.splice(0).map(({ sequence }) => sequence),
      [0, 1],
    );
    link.publish(false);
    link.resendAll();
    assert.deepEqual(sent, []);
    receive(0, "x");
    assert.deepEqual(
      sent.map(({ type }) => type),
      ["acknowledge", "output_stream_data", "output_stream_data"],
    );
    assert.equal(link.paused, false);
  });

  it("matrix 32: says when too many bytes wait for acknowledgements, and when they are fewer again", () => {
    const { link } = bench();
    const large = Buffer.alloc(1024 * 1024);
    for (let sequence = 0; sequence < 31; sequence++) link.send(1, large);
    assert.equal(link.heavy, false);
    link.send(1, large);
    assert.equal(link.heavy, true);
    for (const sequence of [7, 7])
      link.receive(encodeAcknowledge({ type: "output_stream_data", id: ID, sequence }, { id: ID, createdDate: 1 }));
    assert.deepEqual([link.heavy, link.outstanding], [false, 31]);
  });
});
