import assert from "node:assert/strict";
import { decodeOpenDataChannel, encodeOpenDataChannel } from "../../../../../automation/tunnel/wire/open-data-channel";

describe("OpenDataChannel", () => {
  const open = { requestId: "r", tokenValue: "t", clientId: "c", clientVersion: "1.2.835.0" };

  it("matrix 7: has the fields of the reference client, in its order", () => {
    assert.equal(
      encodeOpenDataChannel(open),
      '{"MessageSchemaVersion":"1.0","RequestId":"r","TokenValue":"t","ClientId":"c","ClientVersion":"1.2.835.0"}',
    );
  });

  it("is read back; missing fields are empty, other text is nothing", () => {
    assert.deepEqual(decodeOpenDataChannel(encodeOpenDataChannel(open)), open);
    assert.deepEqual(decodeOpenDataChannel('{"TokenValue":"t"}'), {
      requestId: "",
      tokenValue: "t",
      clientId: "",
      clientVersion: "",
    });
    assert.equal(decodeOpenDataChannel("hello"), undefined);
  });
});
