import assert from "node:assert/strict";
import {
  decodeHandshakeRequest,
  decodeHandshakeResponse,
  encodeHandshakeComplete,
  encodeHandshakeRequest,
  encodeHandshakeResponse,
  handshakeCustomerMessage,
} from "../../../../../automation/tunnel/wire/handshake-json";

const REQUEST =
  '{"AgentVersion":"3.3.987.0","RequestedClientActions":[{"ActionType":"SessionType","ActionParameters":{"SessionType":"Port","Properties":{"host":"db.internal","portNumber":"5432","localPortNumber":"0","type":"LocalPortForwarding"}}}]}';
const RESPONSE =
  '{"ClientVersion":"1.2.835.0","ProcessedClientActions":[{"ActionType":"SessionType","ActionStatus":1,"ActionResult":null,"Error":""}],"Errors":null}';

describe("handshake JSON", () => {
  it("matrix 10: the request is as captured from the real agent", () => {
    const request = decodeHandshakeRequest(Buffer.from(REQUEST));
    assert.equal(request?.agentVersion, "3.3.987.0");
    assert.equal(encodeHandshakeRequest(request).toString(), REQUEST);
  });

  it("matrix 10: the response is as captured from the real plugin", () => {
    const response = {
      clientVersion: "1.2.835.0",
      actions: [{ actionType: "SessionType", status: 1, error: "" }],
      errors: [],
    };
    assert.equal(encodeHandshakeResponse(response).toString(), RESPONSE);
    assert.deepEqual(decodeHandshakeResponse(Buffer.from(RESPONSE)), response);
  });

  it("matrix 11: errors are listed only when there are some", () => {
    const encoded = encodeHandshakeResponse({ clientVersion: "1.2.835.0", actions: [], errors: ["no"] });
    assert.equal(encoded.toString(), '{"ClientVersion":"1.2.835.0","ProcessedClientActions":[],"Errors":["no"]}');
    assert.deepEqual(decodeHandshakeResponse(encoded)?.errors, ["no"]);
  });

  it("matrix 12: the complete message carries nanoseconds and the message for the user", () => {
    const complete = encodeHandshakeComplete({ nanoseconds: 123_456_789, customerMessage: "Welcome" });
    assert.equal(complete.toString(), '{"HandshakeTimeToComplete":123456789,"CustomerMessage":"Welcome"}');
    assert.equal(handshakeCustomerMessage(complete), "Welcome");
    assert.equal(handshakeCustomerMessage(Buffer.from("")), "");
  });

  it("answers undefined for other shapes and never throws", () => {
    for (const text of ["", "[]", "{}", '{"RequestedClientActions":[1]}', '{"ProcessedClientActions":{}}']) {
      assert.equal(decodeHandshakeRequest(Buffer.from(text)), undefined, text);
      assert.equal(decodeHandshakeResponse(Buffer.from(text)), undefined, text);
    }
  });
});
