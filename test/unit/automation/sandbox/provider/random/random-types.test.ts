import assert from "node:assert/strict";
import fc from "fast-check";
import { RANDOM_TYPES } from "../../../../../../automation/sandbox/provider/random/random-types";
import { seededBytes } from "../fixture";
import { plainText } from "../../../../../../automation/sandbox/account/plain-text";

describe("random values", () => {
  it("the forms of an id are the same bytes", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 64 }), fc.string(), (byteLength, seed) => {
        const made = RANDOM_TYPES["random:index/randomId:RandomId"]?.make({ byteLength }, seededBytes(seed));
        const bytes = Buffer.from(plainText(made?.outputs.hex), "hex");
        assert.equal(bytes.length, byteLength);
        assert.deepEqual(
          [made?.id, made?.outputs.b64Url, made?.outputs.b64Std],
          [bytes.toString("base64url"), bytes.toString("base64url"), bytes.toString("base64")],
        );
        assert.equal(BigInt(plainText(made?.outputs.dec)), BigInt(`0x${bytes.toString("hex")}`));
      }),
    );
  });

  it("a string has the wanted characters only, a UUID its form", () => {
    const text = RANDOM_TYPES["random:index/randomString:RandomString"]?.make(
      { length: 40, lower: true, upper: false, numeric: true, special: false },
      seededBytes(),
    );
    assert.match(plainText(text?.outputs.result), /^[a-z0-9]{40}$/);
    assert.match(
      String(RANDOM_TYPES["random:index/randomUuid:RandomUuid"]?.make({}, seededBytes()).id),
      /^[0-9a-f-]{14}4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });
});
