import assert from "node:assert/strict";
import { scramKeys } from "../../../../../automation/proxy/scram/scram-keys";

describe("SCRAM keys", () => {
  it("are those of the secret and salt of RFC 7677, section 3", () => {
    const { storedKey, serverKey, iterations } = scramKeys("pencil", Buffer.from("W22ZaJ0SNY7soEsUEjb6gQ==", "base64"));
    assert.equal(iterations, 4096);
    assert.equal(storedKey.toString("base64"), "WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=");
    assert.equal(serverKey.toString("base64"), "wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=");
  });
});
