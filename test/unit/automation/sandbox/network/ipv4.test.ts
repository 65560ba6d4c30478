import assert from "node:assert/strict";
import fc from "fast-check";
import { contains, parseRange } from "../../../../../automation/sandbox/network/ipv4";

describe("IPv4 ranges", () => {
  it("reads networks and single addresses", () => {
    assert.deepEqual(parseRange("10.40.0.0/27"), { first: 170_393_600, size: 32 });
    assert.deepEqual(parseRange("0.0.0.1"), { first: 1, size: 1 });
    assert.deepEqual(parseRange("255.255.255.255/0"), { first: 0, size: 2 ** 32 });
  });

  it("refuses what is no IPv4 range", () => {
    for (const text of ["", "10.0.0", "10.0.0.256", "10.0.0.0/33", "::1/128", "10.0.0.0/", "example.com"])
      assert.equal(parseRange(text), undefined, text);
  });

  it("a network contains itself, its parts and nothing around it", () => {
    assert.equal(contains("10.40.0.0/24", "10.40.0.0/24"), true);
    assert.equal(contains("10.40.0.0/24", "10.40.0.255"), true);
    assert.equal(contains("10.40.0.0/24", "10.40.1.0"), false);
    assert.equal(contains("10.40.0.0/25", "10.40.0.0/24"), false);
    assert.equal(contains("nonsense", "10.40.0.0"), false);
  });

  it("every address lies in its own network of any size", () => {
    const octet = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(fc.tuple(octet, octet, octet, octet), fc.integer({ min: 0, max: 32 }), (parts, prefix) => {
        const address = parts.join(".");
        assert.equal(contains(`${address}/${prefix}`, address), true);
      }),
    );
  });
});
