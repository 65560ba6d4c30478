import assert from "node:assert/strict";
import { isWorld } from "../../../../policies/network/cidr";

describe("isWorld", () => {
  const cases: readonly [unknown, boolean][] = [
    ["0.0.0.0/0", true],
    ["203.0.113.7/0", true],
    ["0.0.0.0/1", true],
    ["128.0.0.0/2", true],
    ["10.0.0.0/8", false],
    ["203.0.113.7/32", false],
    ["::/0", true],
    ["0:0:0:0:0:0:0:0/0", true],
    [" ::/0 ", true],
    ["2000::/3", true],
    ["fc00::/7", false],
    ["2001:db8::/32", false],
    ["0.0.0.0", false],
    [undefined, false],
    [0, false],
  ];
  for (const [block, world] of cases) {
    it(`${String(block)} is ${world ? "everybody" : "not everybody"}`, () => assert.equal(isWorld(block), world));
  }
});
