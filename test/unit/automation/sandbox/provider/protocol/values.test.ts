import assert from "node:assert/strict";
import fc from "fast-check";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { decode, encode, hasUnknown, UNKNOWN } from "../../../../../../automation/sandbox/provider/protocol/values";

describe("values of the provider protocol", () => {
  it("secrets are unwrapped where they are and remembered by property", () => {
    const secret = (value: string) => ({
      "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
      value,
    });
    const { props, secrets } = decode(
      Struct.fromJavaScript({ a: secret("x"), b: { c: [secret("y")] }, d: "z", e: null }),
    );
    assert.deepEqual([props, [...secrets].sort()], [{ a: "x", b: { c: ["y"] }, d: "z" }, ["a", "b"]]);
  });

  it("what is encoded is decoded, secrets with it", () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.stringMatching(/^[a-z]{1,5}$/),
          fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.array(fc.string())),
        ),
        (props) => {
          const keys = Object.keys(props).filter((_key, index) => index % 2 === 0);
          const again = decode(encode(props, new Set(keys)));
          assert.deepEqual([again.props, [...again.secrets].sort()], [{ ...props }, keys.sort()]);
        },
      ),
    );
  });

  it("an unknown is found at any depth", () => {
    assert.deepEqual(
      [UNKNOWN, { a: [UNKNOWN] }, "known", [1], null].map((value) => hasUnknown(value as never)),
      [true, true, false, false, false],
    );
    assert.equal(hasUnknown(undefined), false);
  });
});
