import assert from "node:assert/strict";
import * as policy from "@pulumi/policy";
import { isExactly, portsOf, type Ports } from "../../../../policies/security-groups/traffic-rule";
import { UNKNOWN } from "../run-rule";

const sdk = policy as unknown as { readonly unknownCheckingProxy: <T>(props: T) => T };
const ports = (protocol: unknown, from: unknown, to: unknown): Ports => {
  const props = sdk.unknownCheckingProxy({ protocol, from, to });
  return portsOf(
    () => props.protocol,
    () => props.from,
    () => props.to,
  );
};

describe("portsOf", () => {
  const cases: readonly [unknown, unknown, unknown, Ports][] = [
    ["tcp", 5432, 5432, { from: 5432, to: 5432 }],
    ["TCP", "443", "443", { from: 443, to: 443 }],
    ["6", 0, 65535, { from: 0, to: 65535 }],
    ["-1", 0, 0, "other"],
    ["udp", 53, 53, "other"],
    ["tcp", undefined, undefined, "other"],
    ["tcp", "", 1, "other"],
    [undefined, 1, 1, "other"],
    [UNKNOWN, 1, 1, "open"],
    ["tcp", UNKNOWN, 1, "open"],
    ["tcp", 1, UNKNOWN, "open"],
    ["-1", UNKNOWN, UNKNOWN, "other"],
  ];
  for (const [protocol, from, to, expected] of cases)
    it(`${String(protocol)} ${String(from)}-${String(to)}`, () =>
      assert.deepEqual(ports(protocol, from, to), expected));
});

describe("isExactly", () => {
  it("is one port of those that are wanted, and not known as long as the rule's are not", () => {
    assert.equal(isExactly({ from: 5432, to: 5432 }, [3306, 5432]), true);
    assert.equal(isExactly({ from: 5432, to: 5433 }, [5432]), false);
    assert.equal(isExactly({ from: 22, to: 22 }, [5432]), false);
    assert.equal(isExactly("other", [5432]), false);
    assert.equal(isExactly("open", [5432]), undefined);
  });
});
