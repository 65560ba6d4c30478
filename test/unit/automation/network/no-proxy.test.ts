import assert from "node:assert/strict";
import fc from "fast-check";
import { bypasses, parseNoProxy } from "../../../../automation/network/no-proxy";

/** NO_PROXY, host, port, whether the proxy is left out. */
const TABLE: readonly (readonly [string, string, number, boolean])[] = [
  ["", "ssm.eu-west-2.amazonaws.com", 443, false],
  ["*", "ssm.eu-west-2.amazonaws.com", 443, true],
  ["x.example, *", "10.0.0.1", 443, true],
  ["example.com", "example.com", 443, true],
  ["example.com", "api.example.com", 443, true],
  ["example.com", "badexample.com", 443, false],
  ["example.com", "example.com.evil.example", 443, false],
  [".example.com", "example.com", 443, true],
  [".example.com", "a.b.example.com", 443, true],
  [".example.com", "badexample.com", 443, false],
  ["*.example.com", "api.example.com", 443, true],
  ["*.example.com", "example.com", 443, false],
  ["EXAMPLE.com", "Api.Example.COM", 443, true],
  ["example.com.", "example.com", 443, true],
  ["example.com", "example.com.", 443, true],
  ["example.com:443", "example.com", 443, true],
  ["example.com:443", "example.com", 8443, false],
  [".example.com:8443", "api.example.com", 8443, true],
  ["a.example,b.example c.example\td.example", "d.example", 443, true],
  [" , ,, ", "example.com", 443, false],
  ["10.1.2.3", "10.1.2.3", 443, true],
  ["10.1.2.3", "10.1.2.30", 443, false],
  ["10.1.2.3:80", "10.1.2.3", 443, false],
  ["10.1.2.3:443", "10.1.2.3", 443, true],
  ["2.3", "10.1.2.3", 443, false],
  ["10.0.0.0/8", "10.255.0.1", 443, true],
  ["10.0.0.0/8", "11.0.0.1", 443, false],
  ["10.0.0.0/0", "203.0.113.9", 443, true],
  ["10.0.0.0/33", "10.0.0.1", 443, false],
  ["10.0.0.0/8", "ten.example", 443, false],
  ["2001:db8::1", "2001:db8::1", 443, true],
  ["2001:db8::1", "2001:0db8:0:0::1", 443, true],
  ["[2001:db8::1]", "2001:db8::1", 443, true],
  ["[2001:db8::1]:443", "2001:db8::1", 443, true],
  ["[2001:db8::1]:80", "2001:db8::1", 443, false],
  ["2001:db8::/32", "2001:db8:ffff::1", 443, true],
  ["[2001:db8::]/32", "2001:db8:ffff::1", 443, true],
  ["2001:db8::/32", "2001:db9::1", 443, false],
  ["fd00::/8", "10.0.0.1", 443, false],
  ["[nonsense]", "nonsense", 443, false],
  ["example.com:port", "example.com", 443, false],
  ["http://example.com", "example.com", 443, false],
];

const label = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);
const name = fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => labels.join("."));
const port = fc.integer({ min: 1, max: 65_535 });

describe("NO_PROXY", () => {
  TABLE.forEach(([text, host, at, expected], index) => {
    it(`case ${index + 1}: "${text}" ${expected ? "lets" : "does not let"} ${host}:${at} past the proxy`, () => {
      assert.equal(bypasses(parseNoProxy(text), host, at), expected);
    });
  });

  it("a name covers itself and all below it, and nothing that merely ends in its letters", () => {
    fc.assert(
      fc.property(name, name, port, (suffix, below, at) => {
        for (const written of [suffix, `.${suffix}`, suffix.toUpperCase()]) {
          const entries = parseNoProxy(written);
          assert.equal(bypasses(entries, suffix, at), true);
          assert.equal(bypasses(entries, `${below}.${suffix}`, at), true);
          assert.equal(bypasses(entries, `x${suffix}`, at), false);
          assert.equal(bypasses(entries, `${suffix}.x-${below}`, at), `${suffix}.x-${below}`.endsWith(`.${suffix}`));
        }
        assert.equal(bypasses(parseNoProxy(`${suffix}:${at}`), suffix, at === 1 ? 2 : at - 1), false);
      }),
      { numRuns: 500 },
    );
  });

  it("a network covers exactly the addresses with its first bits", () => {
    fc.assert(
      fc.property(fc.nat(0xffffffff), fc.nat(0xffffffff), fc.integer({ min: 0, max: 32 }), (net, host, bits) => {
        const same = bits === 0 || net >>> (32 - bits) === host >>> (32 - bits);
        assert.equal(bypasses(parseNoProxy(`${dotted(net)}/${bits}`), dotted(host), 443), same);
      }),
      { numRuns: 500 },
    );
  });

  it("whatever stands in it, reading ends and an entry more never takes one away", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), fc.string({ maxLength: 60 }), name, port, (one, more, host, at) => {
        if (bypasses(parseNoProxy(one), host, at))
          assert.equal(bypasses(parseNoProxy(`${more},${one}`), host, at), true);
      }),
      { numRuns: 1_000 },
    );
  });
});

const dotted = (value: number): string => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join(".");
