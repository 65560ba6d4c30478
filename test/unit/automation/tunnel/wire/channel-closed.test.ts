import assert from "node:assert/strict";
import { decodeMessage } from "../../../../../automation/tunnel/wire/agent-message";
import { channelClosedReason, encodeChannelClosed } from "../../../../../automation/tunnel/wire/channel-closed";

describe("channel_closed", () => {
  const closed = {
    sessionId: "jane-0a1",
    messageId: "123e4567-e89b-42d3-a456-426614174000",
    createdDate: 1_700_000_000_000,
    output: "Session timed out.",
  };

  it("matrix 4: is sent in the service's own form, 112 bytes of header, and read in both", () => {
    assert.equal(encodeChannelClosed(closed).readUInt32BE(0), 112);
    for (const headerLength of [112, 116] as const) {
      const decoded = decodeMessage(encodeChannelClosed(closed, headerLength));
      assert.ok(decoded.ok);
      assert.equal(decoded.message.type, "channel_closed");
      assert.equal(channelClosedReason(decoded.message.payload), "Session timed out.");
      assert.deepEqual(JSON.parse(decoded.message.payload.toString()), {
        MessageType: "channel_closed",
        MessageId: closed.messageId,
        DestinationId: "jane-0a1",
        SessionId: "jane-0a1",
        SchemaVersion: 1,
        CreatedDate: "2023-11-14T22:13:20.000Z",
        Output: "Session timed out.",
      });
    }
  });

  it("without a readable reason is closed all the same", () => {
    assert.equal(channelClosedReason(Buffer.from("nonsense")), "");
  });
});
