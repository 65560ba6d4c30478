import assert from "node:assert/strict";
import { Refusal, violation } from "../../../../automation/proxy/refusal";

describe("refusal", () => {
  it("tells its owner the SQLSTATE, or a code of the product", () => {
    assert.equal(new Refusal("28000", "no").code, "28000");
    assert.equal(new Refusal("08006", "no", { code: "TUNNEL_CLOSED" }).code, "TUNNEL_CLOSED");
  });

  it("a violation of the protocol is 08P01", () => {
    const { sqlState, message, detail } = violation("odd", "because");
    assert.deepEqual([sqlState, message, detail], ["08P01", "odd", "because"]);
  });
});
