import assert from "node:assert/strict";
import { block, text, texts } from "../../../../../automation/sandbox/provider/resource-type";

describe("reading inputs", () => {
  it("what is missing or of another kind is empty", () => {
    assert.deepEqual([text({ a: "x" }, "a"), text({ a: 1 }, "a"), text({}, "a")], ["x", "", ""]);
    assert.deepEqual([texts({ a: ["x", 1] }, "a"), texts({ a: "x" }, "a")], [["x"], []]);
    assert.deepEqual([block({ a: { b: 1 } }, "a"), block({ a: [] }, "a"), block({ a: null }, "a")], [{ b: 1 }, {}, {}]);
  });
});
