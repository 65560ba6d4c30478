import assert from "node:assert/strict";
import fc from "fast-check";
import { sameJson, sameValue } from "../../../../../../automation/sandbox/provider/protocol/compare";

describe("comparison of inputs with state", () => {
  it("sets have no order, lists do, and each item counts once", () => {
    assert.equal(sameValue(["a", "b"], ["b", "a"], ["string"], "set"), true);
    assert.equal(sameValue(["a", "b"], ["b", "a"], ["string"], "plain"), false);
    assert.equal(sameValue(["a", "a"], ["a", "b"], ["string"], "set"), false);
  });

  it("members of a block that the program leaves out do not count, those of a map do", () => {
    assert.equal(sameValue({ a: "1" }, { a: "1", b: "2" }, { a: "string", b: "string" }, "plain"), true);
    assert.equal(sameValue({ a: "1" }, { a: "1", b: "2" }, "map", "plain"), false);
    assert.equal(sameValue([{ n: "a" }], [{ n: "a", m: "immediate" }], [{ "n!": "string", m: "string" }], "set"), true);
  });

  it("nothing and empty are the same", () => {
    for (const empty of ["", [], {}] as const)
      assert.equal(sameValue(empty as never, undefined, "string", "plain"), true);
    assert.equal(sameValue("a", undefined, "string", "plain"), false);
    assert.equal(sameValue(0, undefined, "number", "plain"), false);
  });

  it("T13 JSON texts are compared by meaning", () => {
    assert.equal(sameJson('{"a":["x"],"b":1}', '{ "b": 1, "a": "x" }'), true);
    assert.equal(sameJson('{"a":["x","y"]}', '{"a":["y","x"]}'), true);
    assert.equal(sameJson('{"a":"x"}', '{"a":"z"}'), false);
    assert.equal(sameJson("no json", "no json"), true);
  });

  it("every value is the same as itself", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) =>
        sameValue(value as never, structuredClone(value) as never, "map", "plain"),
      ),
    );
  });
});
