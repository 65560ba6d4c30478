import assert from "node:assert/strict";
import { makeLocalSecret } from "../../../../automation/proxy/local-secret";

describe("local secret", () => {
  it("is 32 random bytes as base64url", () => {
    const sizes: number[] = [];
    const secret = makeLocalSecret((size) => {
      sizes.push(size);
      return Buffer.alloc(size, 0xfb);
    });
    assert.deepEqual(sizes, [32]);
    assert.equal(secret, "-_v7".repeat(11).slice(0, 42) + "s");
    assert.match(secret, /^[\w-]{43}$/);
  });
});
