import assert from "node:assert/strict";
import { Duplex } from "node:stream";
import fc from "fast-check";
import { AgentLink } from "../../../../../automation/sandbox/agent/agent-link";
import { AgentMux } from "../../../../../automation/sandbox/agent/agent-mux";
import { encodeAcknowledge } from "../../../../../automation/tunnel/wire/acknowledge";
import { encodeMessage } from "../../../../../automation/tunnel/wire/agent-message";
import { encodeSmux, encodeSmuxData } from "../../../../../automation/tunnel/wire/smux-frame";
import { FUZZ_LIMIT_MS, FUZZ_RUNS } from "../../../../support/fuzz-runs";

const ID = "6ba7b810-9dad-41d1-80b4-00c04fd430c8";
const bytes = (maxLength: number): fc.Arbitrary<Buffer> =>
  fc.uint8Array({ maxLength }).map((array) => Buffer.from(array));

/** A valid message, or one of an unknown kind, with small sequence numbers more often than not. */
const message = fc
  .record({
    type: fc.constantFrom(
      "input_stream_data",
      "output_stream_data",
      "acknowledge",
      "channel_closed",
      "pause_publication",
      "new",
    ),
    sequence: fc.oneof(fc.nat(8), fc.nat(2 ** 31), fc.constant(Number.MAX_SAFE_INTEGER)),
    flags: fc.nat(3),
    payloadType: fc.nat(12),
    payload: fc.oneof(
      bytes(64),
      fc.json().map((text) => Buffer.from(text)),
    ),
  })
  .map((parts) => encodeMessage({ ...parts, id: ID, createdDate: 1 }));
const acknowledgement = fc
  .nat(8)
  .map((sequence) => encodeAcknowledge({ type: "output_stream_data", id: ID, sequence }, { id: ID, createdDate: 1 }));

/** A smux frame, or something like one. */
const smux = fc.oneof(
  fc
    .tuple(fc.constantFrom("syn" as const, "fin" as const, "nop" as const), fc.nat(6))
    .map(([kind, id]) => encodeSmux(kind, id)),
  fc.tuple(fc.nat(6), bytes(200)).map(([id, data]) => Buffer.concat(encodeSmuxData(id, data))),
);

/** Frames as they are, with a byte changed, cut short, or with rubbish behind; or nothing but rubbish. */
function mutated(valid: fc.Arbitrary<Buffer>): fc.Arbitrary<Buffer> {
  const changed = fc.tuple(valid, fc.nat(), fc.nat(255)).map(([frame, at, value]) => {
    const copy = Buffer.from(frame);
    if (copy.length > 0) copy[at % copy.length] = value;
    return copy;
  });
  const cut = fc.tuple(valid, fc.nat()).map(([frame, at]) => frame.subarray(0, at % (frame.length + 1)));
  const longer = fc.tuple(valid, bytes(40)).map((parts) => Buffer.concat(parts));
  return fc.oneof({ weight: 4, arbitrary: valid }, changed, cut, longer, bytes(300));
}

describe("fuzzing the agent", () => {
  it("the link takes any frames: no crash, no more deliveries than messages, no storm of answers", () => {
    fc.assert(
      fc.property(
        fc.array(mutated(fc.oneof(message, acknowledgement)), { maxLength: 30 }),
        fc.array(fc.constantFrom("send", "tick", "pause", "start", "resend", "lose", "busy"), { maxLength: 30 }),
        (frames, acts) => {
          let [transmitted, delivered, lost, busy] = [0, 0, 0, false];
          const link = new AgentLink({
            transmit: () => (transmitted += 1),
            deliver: () => {
              delivered += busy ? 0 : 1;
              return !busy;
            },
            acknowledged: () => undefined,
            lost: () => (lost += 1),
            wall: () => 1,
            randomBytes: (size) => Buffer.alloc(size),
            resendPerTick: () => 3,
          });
          let sent = 0;
          frames.forEach((frame, at) => {
            const act = acts[at];
            if (act === "send") link.send((sent += 1) && 1, Buffer.from("x"));
            if (act === "tick") link.tick();
            if (act === "pause") link.publish(false);
            if (act === "start") link.publish(true);
            if (act === "resend") link.resendAll();
            if (act === "lose") link.loseAcknowledgement();
            busy = act === "busy";
            link.receive(frame);
          });
          assert.ok(link.outstanding <= sent);
          assert.ok(delivered <= frames.length + lost);
          // One answer to each frame, and all unacknowledged ones again at each act.
          assert.ok(transmitted <= frames.length * (sent + 2) + sent * (acts.length + 1));
        },
      ),
      { numRuns: FUZZ_RUNS },
    );
  }).timeout(FUZZ_LIMIT_MS);

  it("the mux takes any bytes in any pieces: no crash, no stream without a SYN, a broken stream stays broken", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(mutated(smux), { maxLength: 20 }), fc.nat(9), async (frames, fate) => {
        const log: string[] = [];
        const mux = new AgentMux({
          dial: () => (fate % 3 === 0 ? Promise.reject(new Error("refused")) : Promise.resolve(sink(fate % 3 === 1))),
          write: () => fate % 2 === 0,
          dialFailed: () => log.push("failed"),
          hold: () => undefined,
        });
        let problem: string | undefined;
        for (const frame of frames) {
          const said = mux.receive(frame);
          if (problem !== undefined) assert.equal(said, problem);
          problem = said;
          if (fate === 5) mux.drained();
          if (fate > 6) await new Promise((resolve) => setImmediate(resolve));
        }
        assert.ok(mux.openStreams <= Math.ceil(frames.reduce((sum, { length }) => sum + length, 0) / 8));
        mux.close();
        assert.equal(mux.openStreams, 0);
      }),
      { numRuns: FUZZ_RUNS },
    );
  }).timeout(FUZZ_LIMIT_MS);
});

/** A destination that swallows everything, or says something and ends. */
function sink(talks: boolean): Duplex {
  const target = new Duplex({ read: () => undefined, write: (_chunk, _encoding, done: () => void) => done() });
  if (talks) setImmediate(() => target.push("hello") && target.push(null));
  return target;
}
