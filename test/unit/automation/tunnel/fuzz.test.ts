import assert from "node:assert/strict";
import fc from "fast-check";
import { DataChannel } from "../../../../automation/tunnel/data-channel";
import { Handshake } from "../../../../automation/tunnel/handshake";
import { TUNNEL_LIMITS } from "../../../../automation/tunnel/limits";
import { Inbound } from "../../../../automation/tunnel/reliable-stream/inbound";
import { Outbound } from "../../../../automation/tunnel/reliable-stream/outbound";
import { decodeAcknowledge, encodeAcknowledge } from "../../../../automation/tunnel/wire/acknowledge";
import { decodeMessage, encodeMessage } from "../../../../automation/tunnel/wire/agent-message";
import { channelClosedReason } from "../../../../automation/tunnel/wire/channel-closed";
import { decodeFlag } from "../../../../automation/tunnel/wire/flag";
import { decodeHandshakeRequest, handshakeCustomerMessage } from "../../../../automation/tunnel/wire/handshake-json";
import { SmuxDecoder, encodeSmux, encodeSmuxData } from "../../../../automation/tunnel/wire/smux-frame";
import { FakeClock } from "../../../support/fake-clock";
import { muxBench } from "../../../support/mux-pair";

/** Cases of each property: together more than a hundred thousand in every run of the suite. */
const CASES = {
  frames: 25_000,
  mutants: 25_000,
  smux: 20_000,
  json: 15_000,
  handshake: 5_000,
  halves: 6_000,
  mux: 3_000,
  channel: 3_000,
};
const ID = "6ba7b810-9dad-41d1-80b4-00c04fd430c8";

const bytes = (maxLength: number) => fc.uint8Array({ maxLength }).map((array) => Buffer.from(array));
const check = (name: keyof typeof CASES, property: fc.IProperty<never>): void =>
  fc.assert(property, { numRuns: CASES[name] });

const types = fc.constantFrom(
  "output_stream_data",
  "acknowledge",
  "channel_closed",
  "start_publication",
  "pause_publication",
  "x",
);
const valid = fc
  .record({ type: types, sequence: fc.nat(20), payloadType: fc.nat(12), payload: bytes(24) })
  .map((message) => encodeMessage({ ...message, id: ID, createdDate: 1, flags: 0 }));
/** A frame as it should be, or with some bytes changed, cut off or added. */
const mutant = fc
  .tuple(valid, fc.array(fc.tuple(fc.nat(200), fc.nat(255)), { maxLength: 4 }), fc.option(fc.nat(150)), bytes(4))
  .map(([frame, changes, cut, tail]) => {
    const changed = Buffer.from(frame);
    for (const [at, value] of changes) if (at < changed.length) changed[at] = value;
    return Buffer.concat([cut === null ? changed : changed.subarray(0, cut), tail]);
  });
const jsonish = fc.oneof(
  bytes(60),
  fc.jsonValue({ maxDepth: 3 }).map((value) => Buffer.from(JSON.stringify(value))),
);
const actions = fc
  .array(
    fc.record({
      ActionType: fc.constantFrom("SessionType", "KMSEncryption", "Other"),
      ActionParameters: fc.jsonValue({ maxDepth: 2 }),
    }),
    { maxLength: 3 },
  )
  .map((RequestedClientActions) => Buffer.from(JSON.stringify({ AgentVersion: "3.3.1611.0", RequestedClientActions })));
const smuxFrame = fc.oneof(
  fc
    .tuple(fc.constantFrom("syn" as const, "fin" as const, "nop" as const), fc.nat(12))
    .map(([kind, id]) => encodeSmux(kind, id)),
  fc.tuple(fc.nat(12), bytes(40)).map(([id, data]) => Buffer.concat(encodeSmuxData(id, data))),
);

describe("fuzzing the tunnel: whatever comes, no crash, no hang, bounded memory", () => {
  it("is more than a hundred thousand cases", () => {
    assert.ok(Object.values(CASES).reduce((sum, count) => sum + count, 0) > 100_000);
  });

  it("matrix 5: any bytes are a message or a reason", () =>
    check(
      "frames",
      fc.property(bytes(260), (frame) => assert.equal(typeof decodeMessage(frame).ok, "boolean")) as never,
    ));

  it("matrix 5, 6: a changed, cut or lengthened frame is dropped or still says where its payload is", () =>
    check(
      "mutants",
      fc.property(mutant, (frame) => {
        const decoded = decodeMessage(frame);
        if (decoded.ok) assert.ok(decoded.message.payload.length <= frame.length);
      }) as never,
    ));

  it("matrix 22, 23: a smux stream means the same in whatever pieces it comes", () =>
    check(
      "smux",
      fc.property(
        fc.array(fc.oneof({ weight: 9, arbitrary: smuxFrame }, { weight: 1, arbitrary: bytes(12) }), { maxLength: 6 }),
        fc.integer({ min: 1, max: 17 }),
        (frames, step) => {
          const stream = Buffer.concat(frames);
          const [whole, cut] = [new SmuxDecoder(), new SmuxDecoder()];
          const once = whole.push(stream);
          const seen: { kind: string; streamId: number; data: string }[] = [];
          let problem: unknown;
          for (let at = 0; at < stream.length && !problem; at += step) {
            const part = cut.push(stream.subarray(at, at + step));
            problem = part.problem;
            for (const event of part.events) {
              const data = event.kind === "data" ? event.data.toString("hex") : "";
              const last = seen.at(-1);
              if (event.kind === "data" && last?.kind === "data" && last.streamId === event.streamId) last.data += data;
              else seen.push({ kind: event.kind, streamId: event.streamId, data });
            }
          }
          const joined: typeof seen = [];
          for (const event of once.events) {
            const data = event.kind === "data" ? event.data.toString("hex") : "";
            const last = joined.at(-1);
            if (event.kind === "data" && last?.kind === "data" && last.streamId === event.streamId) last.data += data;
            else joined.push({ kind: event.kind, streamId: event.streamId, data });
          }
          assert.deepEqual([seen, problem], [joined, once.problem]);
        },
      ) as never,
    ));

  it("matrix 3, 11: JSON payloads of any shape never throw", () =>
    check(
      "json",
      fc.property(jsonish, (payload) => {
        decodeAcknowledge(payload);
        channelClosedReason(payload);
        decodeFlag(payload);
        decodeHandshakeRequest(payload);
        handshakeCustomerMessage(payload);
      }) as never,
    ));

  it("matrix 11, 12, 13: a handshake of any payloads in any order answers at most once, and ends in a step we know", () =>
    check(
      "handshake",
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(5, 7, 1, 8), fc.oneof(actions, jsonish)), { maxLength: 5 }),
        (payloads) => {
          const handshake = new Handshake();
          const kinds = payloads.map(([type, payload]) => handshake.receive(type, payload).kind);
          assert.ok(kinds.filter((kind) => kind === "respond").length <= 1);
          assert.ok(!kinds.includes("complete") || kinds.indexOf("respond") !== -1);
        },
      ) as never,
    ));

  it("matrix 16–20: the two halves keep their bounds and numbers, whatever is lost, doubled, paused or replayed", () =>
    check(
      "halves",
      fc.property(
        fc.array(
          fc.tuple(fc.constantFrom("send", "ack", "due", "pause", "resume", "reattach", "replay", "in"), fc.nat(12)),
          { maxLength: 40 },
        ),
        (steps) => {
          const limits = { ...TUNNEL_LIMITS, windowMessages: 4, reorderMessages: 3, reorderBytes: 10 };
          const out = new Outbound((sequence) => Buffer.alloc(1, sequence), limits, 0);
          const inward = new Inbound<{ sequence: number; payload: Buffer }>(limits);
          const delivered: number[] = [];
          let now = 0;
          let sent = 0;
          for (const [step, value] of steps) {
            now += value * 100;
            if (step === "send" && out.open) assert.equal(out.send(1, Buffer.alloc(1), now).sequence, sent++);
            if (step === "ack") out.acknowledge(value, now);
            if (step === "due") assert.ok(out.due(now).length <= limits.resendBurst);
            if (step === "pause") out.pause(now);
            if (step === "resume") out.resume(now);
            if (step === "reattach") out.reattach(now);
            if (step === "replay") out.nextReplay(now);
            if (step === "in")
              delivered.push(
                ...inward.receive({ sequence: value, payload: Buffer.alloc(value) }).deliver.map((one) => one.sequence),
              );
            assert.ok(out.unacknowledged <= 4 && inward.buffered <= 3 && out.stalledFor(now) >= 0);
          }
          assert.deepEqual(
            delivered,
            delivered.map((_, index) => index),
          );
        },
      ) as never,
    ));

  it("matrix 23, 27, 28: a mux under any frames, writes, ends and ticks", () =>
    check(
      "mux",
      fc.property(
        fc.array(
          fc.tuple(
            fc.constantFrom("open", "write", "end", "destroy", "frame", "bytes", "tick", "take"),
            fc.nat(3),
            fc.oneof(smuxFrame, bytes(30)),
          ),
          { maxLength: 30 },
        ),
        (steps) => {
          const bench = muxBench({ maxStreams: 3, receiveBytes: 64 });
          const streams: ReturnType<typeof bench.session.open>[] = [];
          for (const [step, at, data] of steps) {
            bench.now += 700;
            const stream = streams[at];
            if (step === "open" && bench.session.openStreams < 3) streams.push(bench.session.open());
            if (step === "write" && stream && !stream.destroyed && !stream.writableEnded) stream.write(data);
            if (step === "end") stream?.end();
            if (step === "destroy") stream?.destroy();
            if (step === "frame") bench.session.receive(data);
            if (step === "bytes") bench.session.receive(data.subarray(1));
            if (step === "tick") bench.session.tick();
            if (step === "take") assert.ok((bench.session.take(64)?.length ?? 0) <= 64 + 16);
          }
          const numbers = streams.map((one) => one.streamId);
          assert.deepEqual(
            numbers,
            [...new Set(numbers)].sort((a, b) => a - b),
          );
          bench.session.close(undefined, new Error("over"));
          assert.equal(bench.session.openStreams, 0);
        },
      ) as never,
    ));

  it("matrix 3, 5, 6, 15: a channel under any frames, with its socket lost and opened again", () =>
    check(
      "channel",
      fc.property(
        fc.array(fc.tuple(fc.constantFrom("frame", "send", "tick", "lost", "open", "ack"), mutant, fc.nat(9)), {
          maxLength: 25,
        }),
        (steps) => {
          const clock = new FakeClock();
          const given: number[] = [];
          const channel = new DataChannel(TUNNEL_LIMITS, clock, (size) => Buffer.alloc(size, 7), {
            hasData: () => false,
            take: () => undefined,
            payload: (type) => given.push(type),
            acknowledged: () => undefined,
            paused: () => undefined,
            sessionEnded: () => undefined,
          });
          let textFirst = true;
          const socket = () => {
            let first = true;
            return {
              send: (data: Buffer | string, written?: () => void) => {
                if (first !== (typeof data === "string")) textFirst = false;
                first = false;
                written?.();
              },
            };
          };
          for (const [step, frame, number] of steps) {
            if (step === "frame") channel.receive(frame);
            if (step === "ack")
              channel.receive(
                encodeAcknowledge({ type: "input_stream_data", id: ID, sequence: number }, { id: ID, createdDate: 1 }),
              );
            if (step === "send") channel.send(1, Buffer.from("x"));
            if (step === "tick") channel.tick(true);
            if (step === "lost") channel.lost();
            if (step === "open") void channel.opened(socket(), "OPEN");
          }
          assert.ok(textFirst, "TEXT first on every socket, and only first");
          assert.ok(given.length <= steps.length);
        },
      ) as never,
    ));
});
