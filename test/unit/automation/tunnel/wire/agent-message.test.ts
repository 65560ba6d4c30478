import assert from "node:assert/strict";
import fc from "fast-check";
import { decodeMessage, encodeMessage, type AgentMessage } from "../../../../../automation/tunnel/wire/agent-message";

const INPUT_HEX =
  "00000074696e7075745f73747265616d5f64617461202020202020202020202020202020000000010000018bcfe568000000000000000001000000000000000080b400c04fd430c86ba7b8109dad41d130656bde983020b4a04d4fb8027463ad8cd15d89d4b953f961654b1d6579b9b900000001000000080100000003000000";
const INPUT: AgentMessage = {
  type: "input_stream_data",
  createdDate: 1_700_000_000_000,
  sequence: 1,
  flags: 0,
  id: "6ba7b810-9dad-41d1-80b4-00c04fd430c8",
  payloadType: 1,
  payload: Buffer.from("0100000003000000", "hex"),
};

/** The vector with some bytes replaced. */
function patched(at: number, hex: string): Buffer {
  const frame = Buffer.from(INPUT_HEX, "hex");
  Buffer.from(hex, "hex").copy(frame, at);
  return frame;
}

describe("AgentMessage codec", () => {
  it("matrix 1: encodes and decodes the stream-data vector byte for byte", () => {
    assert.equal(encodeMessage(INPUT).toString("hex"), INPUT_HEX);
    assert.deepEqual(decodeMessage(Buffer.from(INPUT_HEX, "hex")), { ok: true, message: INPUT });
  });

  it("matrix 2: any message survives a round trip", () => {
    const messages = fc.record(
      {
        type: fc.constantFrom("input_stream_data", "output_stream_data", "acknowledge", "something_new"),
        createdDate: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
        sequence: fc.maxSafeNat(),
        flags: fc.constantFrom(0, 1, 2, 3),
        id: fc.uuid(),
        payloadType: fc.nat(12),
        payload: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
      },
      { noNullPrototype: true },
    );
    fc.assert(
      fc.property(messages, (message) =>
        assert.deepEqual(decodeMessage(encodeMessage(message)), { ok: true, message }),
      ),
      { numRuns: 10_000 },
    );
  });

  it("matrix 3: trims NULs and spaces around the type and hands on unknown types", () => {
    const padded = patched(
      4,
      Buffer.from("agent_session_state\0\0\0 \0         ", "latin1").subarray(0, 32).toString("hex"),
    );
    const decoded = decodeMessage(padded);
    assert.equal(decoded.ok && decoded.message.type, "agent_session_state");
  });

  it("matrix 4: reads channel_closed with HeaderLength 112 and 116", () => {
    const closed = { ...INPUT, type: "channel_closed", payloadType: 0, payload: Buffer.from('{"Output":"bye"}') };
    for (const headerLength of [112, 116] as const) {
      const frame = encodeMessage(closed, headerLength);
      assert.equal(frame.length, headerLength + 4 + 16);
      assert.deepEqual(decodeMessage(frame), { ok: true, message: closed });
    }
    assert.equal(
      encodeMessage(closed, 112).toString("hex", 4, 36),
      Buffer.from("channel_closed".padEnd(32, "\0")).toString("hex"),
    );
  });

  it("matrix 5: reads publication messages by type alone", () => {
    const junk = Buffer.concat([
      Buffer.alloc(4, 0xff),
      Buffer.from("start_publication".padEnd(32)),
      Buffer.alloc(90, 0xee),
    ]);
    const decoded = decodeMessage(junk);
    assert.equal(decoded.ok && decoded.message.type, "start_publication");
    assert.equal(decoded.ok && decoded.message.payload.length, 0);
  });

  it("matrix 5: rejects every truncation to 0..119 bytes as short", () => {
    const frame = Buffer.from(INPUT_HEX, "hex");
    for (let length = 0; length < 120; length++) {
      assert.deepEqual(decodeMessage(frame.subarray(0, length)), { ok: false, rejection: "short" }, `${length} bytes`);
    }
  });

  it("matrix 6: rejects a wrong digest, in payload or header", () => {
    assert.deepEqual(decodeMessage(patched(127, "01")), { ok: false, rejection: "digest" });
    assert.deepEqual(decodeMessage(patched(80, "00")), { ok: false, rejection: "digest" });
  });

  it("rejects absurd lengths, empty types, no date and numbers out of range", () => {
    assert.deepEqual(decodeMessage(patched(0, "7fffffff")), { ok: false, rejection: "short" });
    assert.deepEqual(decodeMessage(patched(0, "00000010")), { ok: false, rejection: "header-length" });
    assert.deepEqual(decodeMessage(patched(4, "20".repeat(32))), { ok: false, rejection: "empty-type" });
    assert.deepEqual(decodeMessage(patched(40, "00".repeat(8))), { ok: false, rejection: "created-date" });
    assert.deepEqual(decodeMessage(patched(48, "ff".repeat(8))), { ok: false, rejection: "number-range" });
  });

  it("matrix 5: never throws, whatever the bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(127), (bytes, at) => {
        decodeMessage(Buffer.from(bytes));
        decodeMessage(
          patched(
            at,
            Buffer.from(bytes)
              .subarray(0, 128 - at)
              .toString("hex"),
          ),
        );
      }),
      { numRuns: 2_000 },
    );
  });
});
