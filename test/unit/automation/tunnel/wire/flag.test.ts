import assert from "node:assert/strict";
import { decodeFlag, encodeFlag } from "../../../../../automation/tunnel/wire/flag";

describe("flag payload", () => {
  it("is four bytes, big-endian", () => {
    assert.equal(encodeFlag(2).toString("hex"), "00000002");
    assert.equal(decodeFlag(Buffer.from("00000003", "hex")), 3);
  });

  it("of another length is none", () => {
    assert.equal(decodeFlag(Buffer.alloc(3)), undefined);
    assert.equal(decodeFlag(Buffer.alloc(5)), undefined);
  });
});
