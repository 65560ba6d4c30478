import assert from "node:assert/strict";
import { elements, isFalse, isObject, isSet, isTrue, textOf } from "../../../policies/values";

describe("policies/values", () => {
  it("a switch may be text, and a missing one is neither on nor off", () => {
    assert.deepEqual([true, "true", false, "false", undefined, 1].map(isTrue), [
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
    assert.deepEqual([true, "true", false, "false", undefined, 0].map(isFalse), [
      false,
      false,
      true,
      true,
      false,
      false,
    ]);
  });

  it("false, nought and empty text are values", () => {
    assert.deepEqual([false, 0, "", null, undefined].map(isSet), [true, true, true, false, false]);
  });

  it("a list is no object", () => {
    assert.deepEqual([{}, [], null, "a"].map(isObject), [true, false, false, false]);
  });

  it("elements are read one by one, a single value is a list of one", () => {
    const list = new Proxy(["a", "b"], {
      get: (target, key) => {
        if (key === "0") throw new Error("unknown");
        return Reflect.get(target, key) as unknown;
      },
    });
    const [first, second] = elements(list);
    assert.throws(() => first?.(), /unknown/);
    assert.equal(second?.(), "b");
    assert.deepEqual(
      elements("a").map((read) => read()),
      ["a"],
    );
    assert.deepEqual(elements(undefined), []);
  });

  it("only text and numbers have a text", () => {
    assert.deepEqual(["a", 1, true, undefined, null, {}, ["a"]].map(textOf), ["a", "1", "", "", "", "", ""]);
  });
});
