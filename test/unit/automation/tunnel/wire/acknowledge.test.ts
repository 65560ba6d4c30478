import assert from "node:assert/strict";
import { decodeAcknowledge, encodeAcknowledge } from "../../../../../automation/tunnel/wire/acknowledge";
import { decodeMessage } from "../../../../../automation/tunnel/wire/agent-message";

const ACKNOWLEDGE_HEX =
  "0000007461636b6e6f776c65646765202020202020202020202020202020202020202020000000010000018bcfe5683200000000000000000000000000000003a456426614174000123e4567e89b42d3042b9a41f9b2394e0ef5de7893b9906dddb274871a160b11a20f5cc1802fe54500000000000000af7b2241636b6e6f776c65646765644d65737361676554797065223a22696e7075745f73747265616d5f64617461222c2241636b6e6f776c65646765644d6573736167654964223a2236626137623831302d396461642d343164312d383062342d303063303466643433306338222c2241636b6e6f776c65646765644d65737361676553657175656e63654e756d626572223a312c22497353657175656e7469616c4d657373616765223a747275657d";

describe("acknowledge", () => {
  it("matrix 1: encodes the vector byte for byte", () => {
    const frame = encodeAcknowledge(
      { type: "input_stream_data", id: "6ba7b810-9dad-41d1-80b4-00c04fd430c8", sequence: 1 },
      { id: "123e4567-e89b-42d3-a456-426614174000", createdDate: 1_700_000_000_050 },
    );
    assert.equal(frame.toString("hex"), ACKNOWLEDGE_HEX);
  });

  it("matrix 1, 15: decodes the vector: sequence 0, flags 3, payload type 0, acknowledged number 1", () => {
    const decoded = decodeMessage(Buffer.from(ACKNOWLEDGE_HEX, "hex"));
    assert.ok(decoded.ok);
    const { type, sequence, flags, payloadType, payload } = decoded.message;
    assert.deepEqual(
      { type, sequence, flags, payloadType },
      { type: "acknowledge", sequence: 0, flags: 3, payloadType: 0 },
    );
    assert.equal(decodeAcknowledge(payload), 1);
  });

  it("answers undefined for anything that is no number of a message", () => {
    for (const text of [
      "",
      "[]",
      "{}",
      '{"AcknowledgedMessageSequenceNumber":"1"}',
      '{"AcknowledgedMessageSequenceNumber":-1}',
      '{"AcknowledgedMessageSequenceNumber":1.5}',
    ]) {
      assert.equal(decodeAcknowledge(Buffer.from(text)), undefined, text);
    }
  });
});
