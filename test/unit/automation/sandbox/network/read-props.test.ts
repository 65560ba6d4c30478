import assert from "node:assert/strict";
import { blockOf, blocksOf, textOf, textsOf } from "../../../../../automation/sandbox/network/read-props";

describe("reading properties", () => {
  it("the empty text is unset, as the provider shows it", () => {
    assert.deepEqual(
      [textOf("a"), textOf(""), textOf(null), textOf(7), textOf(undefined)],
      ["a", undefined, undefined, undefined, undefined],
    );
  });

  it("lists keep their texts only", () => {
    assert.deepEqual([textsOf(["a", "", 1, "b"]), textsOf("a"), textsOf(undefined)], [["a", "b"], [], []]);
  });

  it("a single block is an object or the only element of a list", () => {
    assert.deepEqual(
      [blockOf({ a: 1 }), blockOf([{ a: 1 }]), blockOf([]), blockOf("a"), blockOf(null)],
      [{ a: 1 }, { a: 1 }, {}, {}, {}],
    );
    assert.deepEqual([blocksOf([{ a: 1 }, { b: 2 }]), blocksOf({ a: 1 })], [[{ a: 1 }, { b: 2 }], []]);
  });
});
