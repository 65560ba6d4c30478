import assert from "node:assert/strict";
import fc from "fast-check";
import { stateValue, UNKNOWN } from "../../../../automation/policy-state/state-value";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const wrapped = (kind: string, more: object): object => ({ [SIGNATURE]: kind, ...more });

describe("values of a state", () => {
  it("a secret is unknown, in cipher or in plain text, at any depth", () => {
    const value = {
      port: 5432,
      password: wrapped(SECRET, { ciphertext: "v1:abc" }),
      list: [{ token: wrapped(SECRET, { plaintext: '"hunter2"' }) }, "plain"],
    };
    assert.deepEqual(stateValue(value), { port: 5432, password: UNKNOWN, list: [{ token: UNKNOWN }, "plain"] });
  });

  it("assets, archives and wrappers that are not known are unknown", () => {
    const kinds = ["c44067f5952c0a294b673a41bacd8c17", "0def7320c3a5731c473e5ecbe6d01bc7", "new", 7 as never];
    for (const kind of kinds) assert.equal(stateValue(wrapped(kind, { text: "content", hash: "1" })), UNKNOWN);
  });

  it("a reference is its resource's id, or its URN where there is none", () => {
    const reference = (more: object): unknown => stateValue(wrapped("5cf8f73096256a8f31e491e813e4eb8e", more));
    assert.equal(reference({ urn: "urn:a", id: "vpc-1" }), "vpc-1");
    assert.equal(reference({ urn: "urn:a" }), "urn:a");
    assert.equal(reference({ urn: "urn:a", id: "" }), UNKNOWN);
    assert.equal(reference({ urn: "urn:a", id: wrapped(SECRET, { ciphertext: "v1:abc" }) }), UNKNOWN);
  });

  it("an output is its value, unless it is secret or not there", () => {
    const output = (more: object): unknown => stateValue(wrapped("d0e6a833031e9bbcd3f4e8bde6ca49a4", more));
    assert.deepEqual(output({ value: { a: [1] }, dependencies: [] }), { a: [1] });
    assert.equal(output({ value: "hunter2", secret: true }), UNKNOWN);
    assert.equal(output({ dependencies: [] }), UNKNOWN);
    assert.deepEqual(output({ value: { a: wrapped(SECRET, { plaintext: '"hunter2"' }) } }), { a: UNKNOWN });
  });

  it("what a program wrote stays as it is, also under names that objects inherit", () => {
    assert.deepEqual(stateValue(JSON.parse('{"__proto__":{"a":1},"constructor":null}')), {
      ["__proto__"]: { a: 1 },
      constructor: null,
    });
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        assert.deepEqual(stateValue(value), value);
      }),
    );
  });

  it("values deeper than any resource's end as unknown, not as an overflow", () => {
    const deep = JSON.parse(`${"[".repeat(100_000)}${"]".repeat(100_000)}`) as unknown;
    assert.match(JSON.stringify(stateValue(deep)), new RegExp(`^\\[+"${UNKNOWN}"\\]+$`));
  });
});
