import assert from "node:assert/strict";
import fc from "fast-check";
import { formatCidr, parseCidr, partOf } from "../../../../infra/contract/cidr";

describe("IPv4 network", () => {
  it("comes back as it was written", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 32 }), fc.nat(0xffffffff), (prefix, address) => {
        const size = 2 ** (32 - prefix);
        const base = address - (address % size);
        assert.deepEqual(parseCidr(formatCidr({ base, prefix })), { base, prefix });
      }),
    );
  });

  it("refuses host bits, bytes over 255 and other texts", () => {
    for (const text of ["10.0.0.1/24", "256.0.0.0/8", "10.0.0.0/33", "10.0.0.0", "::/0", ""])
      assert.equal(parseCidr(text), undefined, text);
  });

  it("falls into equal parts", () => {
    assert.equal(formatCidr(partOf({ base: 10 * 2 ** 24, prefix: 16 }, 3, 7)), "10.0.224.0/19");
  });
});
