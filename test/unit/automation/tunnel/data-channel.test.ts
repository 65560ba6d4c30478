import assert from "node:assert/strict";
import { DataChannel, type ChannelUser } from "../../../../automation/tunnel/data-channel";
import { TUNNEL_LIMITS, type TunnelLimits } from "../../../../automation/tunnel/limits";
import { encodeAcknowledge } from "../../../../automation/tunnel/wire/acknowledge";
import { decodeMessage, encodeMessage, type AgentMessage } from "../../../../automation/tunnel/wire/agent-message";
import { encodeChannelClosed } from "../../../../automation/tunnel/wire/channel-closed";
import { FakeClock } from "../../../support/fake-clock";

const ID = "6ba7b810-9dad-41d1-80b4-00c04fd430c8";
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** The agent's frame. */
function output(sequence: number, text: string, type = "output_stream_data"): Buffer {
  return encodeMessage({
    type,
    createdDate: 1,
    sequence,
    flags: 0,
    id: ID,
    payloadType: 1,
    payload: Buffer.from(text),
  });
}

function acknowledge(sequence: number): Buffer {
  return encodeAcknowledge({ type: "input_stream_data", id: ID, sequence }, { id: ID, createdDate: 1 });
}

/** A channel on a socket that records; `queue` is what there is to send. */
async function bench(limits: Partial<TunnelLimits> = {}) {
  const clock = new FakeClock(1_000);
  const sent: (AgentMessage | string)[] = [];
  const events: string[] = [];
  const queue: Buffer[] = [];
  const user: ChannelUser = {
    hasData: () => queue.length > 0,
    take: () => queue.shift(),
    payload: (type, payload) => events.push(`payload ${type} ${payload.toString()}`),
    acknowledged: (sequence) => events.push(`acknowledged ${sequence}`),
    paused: (on) => events.push(on ? "paused" : "resumed"),
    sessionEnded: (reason) => events.push(`ended ${reason}`),
  };
  const channel = new DataChannel({ ...TUNNEL_LIMITS, ...limits }, clock, (size) => Buffer.alloc(size, 1), user);
  let written: (() => void) | undefined;
  const socket = {
    send: (data: Buffer | string, done?: () => void) => {
      const decoded = typeof data === "string" ? undefined : decodeMessage(data);
      sent.push(typeof data === "string" ? data : decoded?.ok ? decoded.message : "rejected");
      written = done;
    },
  };
  const open = async (): Promise<void> => {
    const opened = channel.opened(socket, "OPEN");
    written?.();
    await opened;
  };
  /** Type, number and text of what was sent since the last time. */
  const news = (): string[] =>
    sent.splice(0).map((frame) => {
      if (typeof frame === "string") return frame;
      return frame.type === "acknowledge"
        ? `ack ${String((JSON.parse(frame.payload.toString()) as Record<string, unknown>)["AcknowledgedMessageSequenceNumber"])}`
        : `${frame.sequence}:${frame.payload.toString()}`;
    });
  return { channel, clock, socket, queue, events, sent, news, open, finishWrite: () => written?.() };
}

describe("data channel", () => {
  it("matrix 7: sends nothing before OpenDataChannel is written, even with data waiting", async () => {
    const { channel, socket, news, clock, finishWrite } = await bench();
    channel.send(6, Buffer.from("early"));
    const opened = channel.opened(socket, "OPEN");
    await clock.advance(1_000);
    channel.tick(true);
    assert.deepEqual(news(), ["OPEN"]);
    finishWrite();
    await opened;
    channel.tick(true);
    assert.deepEqual(news(), ["0:early"]);
  });

  it("matrix 13: sends no data before the handshake is complete", async () => {
    const { channel, queue, news, open } = await bench();
    await open();
    queue.push(Buffer.from("x"));
    channel.pumpSoon();
    channel.tick(true);
    await turn();
    assert.deepEqual(news(), ["OPEN"]);
    channel.startData();
    await turn();
    assert.deepEqual(news(), ["0:x"]);
  });

  it("matrix 15: acknowledges each stream message once with flags 3, number 0, type 0, and nothing else", async () => {
    const { channel, sent, open } = await bench();
    await open();
    sent.length = 0;
    channel.receive(output(0, "a"));
    channel.receive(acknowledge(0));
    channel.receive(output(0, "", "start_publication"));
    channel.receive(encodeChannelClosed({ sessionId: "s", messageId: ID, createdDate: 1, output: "" }));
    assert.equal(sent.length, 1);
    const [frame] = sent;
    assert.ok(frame && typeof frame !== "string");
    const { type, flags, sequence, payloadType } = frame;
    assert.deepEqual(
      { type, flags, sequence, payloadType },
      { type: "acknowledge", flags: 3, sequence: 0, payloadType: 0 },
    );
    assert.equal(
      frame.payload.toString(),
      `{"AcknowledgedMessageType":"output_stream_data","AcknowledgedMessageId":"${ID}","AcknowledgedMessageSequenceNumber":0,"IsSequentialMessage":true}`,
    );
  });

  it("matrix 16, 17: delivers in order and once, and acknowledges duplicates again", async () => {
    const { channel, events, news, open } = await bench();
    await open();
    news();
    for (const sequence of [1, 0, 1, 0]) channel.receive(output(sequence, `m${sequence}`));
    assert.deepEqual(news(), ["ack 1", "ack 0", "ack 1", "ack 0"]);
    assert.deepEqual(events, ["payload 1 m0", "payload 1 m1"]);
  });

  it("matrix 6, 3: drops and counts wrong digests, short frames and unknown types", async () => {
    const { channel, events, news, open } = await bench();
    await open();
    news();
    const wrong = output(0, "a");
    wrong[120] = 0;
    for (const frame of [wrong, Buffer.alloc(10), output(0, "", "agent_session_state")]) channel.receive(frame);
    assert.deepEqual(channel.dropped, { digest: 1, short: 1, "unknown-type": 1 });
    assert.deepEqual([news(), events], [[], []]);
  });

  it("matrix 18, 19: sends again what is not acknowledged, and stops when it is", async () => {
    const { channel, clock, queue, news, events, open } = await bench();
    await open();
    channel.startData();
    queue.push(Buffer.from("x"));
    await turn();
    news();
    await clock.advance(599);
    channel.tick(true);
    assert.deepEqual(news(), []);
    await clock.advance(1);
    channel.tick(true);
    assert.deepEqual(news(), ["0:x"]);
    channel.receive(acknowledge(0));
    await clock.advance(10_000);
    channel.tick(true);
    assert.deepEqual([news(), events, channel.messages.again], [[], ["acknowledged 0"], 1]);
  });

  it("matrix 31: fills its window and goes on with acknowledgements", async () => {
    const { channel, queue, news, open } = await bench({ windowMessages: 2 });
    await open();
    channel.startData();
    for (const text of ["a", "b", "c", "d"]) queue.push(Buffer.from(text));
    await turn();
    assert.deepEqual(news(), ["OPEN", "0:a", "1:b"]);
    channel.receive(acknowledge(1));
    await turn();
    assert.deepEqual(news(), ["2:c"]);
  });

  it("matrix 37: sends no data during a pause, and goes on at start_publication or any other frame", async () => {
    for (const frame of [output(0, "", "start_publication"), acknowledge(99)]) {
      const { channel, clock, queue, news, events, open } = await bench();
      await open();
      channel.startData();
      channel.receive(output(0, "", "pause_publication"));
      channel.receive(output(0, "", "pause_publication"));
      queue.push(Buffer.from("x"));
      await clock.advance(5_000);
      channel.tick(true);
      await turn();
      assert.deepEqual(news(), ["OPEN"]);
      channel.receive(frame);
      await turn();
      assert.deepEqual([news(), events], [["0:x"], ["paused", "resumed"]]);
    }
  });

  it("matrix 38: hands on the reason of channel_closed without control characters", async () => {
    const { channel, events, open } = await bench();
    await open();
    channel.receive(
      encodeChannelClosed({ sessionId: "s", messageId: ID, createdDate: 1, output: "timed\u001b[31m out" }),
    );
    assert.deepEqual(events, ["ended timed out"]);
  });

  it("matrix 41: paces data and goes on by itself", async () => {
    const { channel, clock, queue, news, open } = await bench({
      frameBurst: 1,
      framesPerSecond: 10,
      reservedDataFrames: 1,
    });
    await open();
    channel.startData();
    for (const text of ["a", "b", "c"]) queue.push(Buffer.from(text));
    await turn();
    assert.deepEqual(news(), ["OPEN", "0:a", "1:b"]);
    await clock.advance(99);
    assert.deepEqual(news(), []);
    await clock.advance(1);
    await turn();
    assert.deepEqual(news(), ["2:c"]);
  });

  it("matrix 31: says when nothing was acknowledged for too long", async () => {
    const { channel, clock, open } = await bench({ giveUpMs: 10_000 });
    await open();
    channel.send(1, Buffer.from("x"));
    await clock.advance(9_999);
    assert.equal(channel.tick(true), true);
    await clock.advance(1);
    assert.equal(channel.tick(true), false);
  });

  it("matrix 18, 32: while nothing can be heard it sends nothing again, gives nothing up and counts no time", async () => {
    const { channel, clock, news, open } = await bench({ giveUpMs: 10_000 });
    await open();
    channel.send(1, Buffer.from("x"));
    await clock.advance(500);
    assert.equal(channel.tick(true), true);
    news();
    for (let ticks = 0; ticks < 300; ticks++) {
      await clock.advance(100);
      assert.equal(channel.tick(false), true);
    }
    await clock.advance(100);
    assert.equal(channel.tick(true), true);
    assert.deepEqual([news(), channel.stalledMs], [[], 500], "what was not heard until now is read first");
    await clock.advance(100);
    channel.tick(true);
    assert.deepEqual(news(), ["0:x"]);
    await clock.advance(9_300);
    assert.equal(channel.tick(true), true);
    await clock.advance(100);
    assert.equal(channel.tick(true), false);
  });

  it("matrix 21, 32: an acknowledgement that could not be heard is no slow round trip", async () => {
    const { channel, clock, news, open } = await bench();
    await open();
    channel.send(1, Buffer.from("x"));
    await clock.advance(100);
    channel.tick(true);
    for (let ticks = 0; ticks < 50; ticks++) {
      await clock.advance(100);
      channel.tick(false);
    }
    channel.receive(acknowledge(0));
    channel.send(1, Buffer.from("y"));
    news();
    channel.tick(true);
    await clock.advance(599);
    channel.tick(true);
    assert.deepEqual(news(), []);
    await clock.advance(1);
    channel.tick(true);
    assert.deepEqual(news(), ["1:y"]);
  });

  it("matrix 33: after another socket's OpenDataChannel the unacknowledged go again, in order, then new data; nothing while it is lost", async () => {
    const { channel, clock, queue, news, open } = await bench();
    await open();
    channel.startData();
    for (const text of ["a", "b"]) queue.push(Buffer.from(text));
    await turn();
    channel.receive(acknowledge(0));
    news();
    channel.lost();
    queue.push(Buffer.from("c"));
    channel.receive(output(0, "late"));
    await clock.advance(900_000);
    assert.equal(channel.tick(true), true, "a lost socket is no stall");
    assert.deepEqual(news(), []);
    await open();
    await turn();
    assert.deepEqual(news(), ["OPEN", "1:b", "2:c"]);
    assert.equal(channel.unacknowledged, 2);
  });

  it("matrix 7: a socket that is lost before its first frame is out does not come back", async () => {
    const { channel, socket, news, clock, finishWrite } = await bench();
    const opened = channel.opened(socket, "OPEN");
    channel.lost();
    finishWrite();
    await opened;
    channel.send(1, Buffer.from("x"));
    await clock.advance(1_000);
    channel.tick(true);
    assert.deepEqual(news(), ["OPEN"]);
  });

  it("matrix 33, 37: a pause ends with its socket", async () => {
    const { channel, events, open } = await bench();
    await open();
    channel.receive(output(0, "", "pause_publication"));
    channel.lost();
    await open();
    assert.deepEqual(events, ["paused", "resumed"]);
  });

  it("matrix 41: what goes again is paced too", async () => {
    const { channel, clock, news, open } = await bench({ frameBurst: 2, framesPerSecond: 10, reservedDataFrames: 1 });
    for (const text of ["a", "b", "c", "d"]) channel.send(1, Buffer.from(text));
    await clock.advance(1_000);
    await open();
    assert.deepEqual(news(), ["OPEN", "0:a", "1:b", "2:c"]);
    await clock.advance(100);
    await turn();
    assert.deepEqual(news(), ["3:d"]);
  });
});
