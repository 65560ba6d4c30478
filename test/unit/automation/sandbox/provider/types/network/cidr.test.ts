import assert from "node:assert/strict";
import fc from "fast-check";
import {
  overlap,
  parseCidr,
  usableAddresses,
  within,
} from "../../../../../../../automation/sandbox/provider/types/network/cidr";

const cidr = (text: string) => {
  const parsed = parseCidr(text);
  if (!parsed) throw new Error(text);
  return parsed;
};

describe("networks", () => {
  it("reads networks, not hosts", () => {
    assert.deepEqual(parseCidr("10.40.0.0/24"), { first: 170_393_600, prefix: 24 });
    for (const bad of ["10.40.0.1/24", "10.40.0.0", "10.40.0.0/33", "10.400.0.0/24", "::/0"])
      assert.equal(parseCidr(bad), undefined);
  });

  it("knows inside and overlap", () => {
    assert.equal(within(cidr("10.0.0.0/16"), cidr("10.0.255.0/24")), true);
    assert.equal(within(cidr("10.0.0.0/24"), cidr("10.0.0.0/16")), false);
    assert.equal(overlap(cidr("10.0.0.0/25"), cidr("10.0.0.128/25")), false);
  });

  it("two networks overlap exactly when one lies in the other", () => {
    const network = fc
      .tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 16, max: 28 }))
      .map(([third, prefix]) => {
        const size = 2 ** (32 - prefix);
        return { first: Math.floor((10 * 2 ** 24 + third * 256) / size) * size, prefix };
      });
    fc.assert(fc.property(network, network, (a, b) => overlap(a, b) === (within(a, b) || within(b, a))));
  });

  it("gives out neither the first four addresses nor the last", () => {
    const all = [...usableAddresses(cidr("10.0.0.0/28"))];
    assert.deepEqual([all.length, all[0], all.at(-1)], [11, "10.0.0.4", "10.0.0.14"]);
  });
});
