import assert from "node:assert/strict";
import type { Json } from "../../../../../../automation/sandbox/account/estate";
import type { Kind } from "../../../../../../automation/sandbox/provider/facts/facts";
import { coerce } from "../../../../../../automation/sandbox/provider/protocol/coerce";
import { UNKNOWN } from "../../../../../../automation/sandbox/provider/protocol/values";

const run = (value: Json, kind: Kind): [Json, string[]] => {
  const problems: string[] = [];
  return [coerce(value, kind, "x", (path, reason) => void problems.push(`${path}: ${reason}`)), problems];
};

describe("input kinds", () => {
  it("scalars become what is wanted where nothing is lost", () => {
    assert.deepEqual(run(5432, "string"), ["5432", []]);
    assert.deepEqual(run("5432", "number"), [5432, []]);
    assert.deepEqual(run("true", "boolean"), [true, []]);
    assert.deepEqual(run({ a: 1 }, "map"), [{ a: "1" }, []]);
  });

  it("unknown values pass at any place", () => {
    for (const kind of ["string", "number", "boolean", "map", ["string"], { a: "string" }] as Kind[])
      assert.deepEqual(run(UNKNOWN, kind), [UNKNOWN, []]);
    assert.deepEqual(run({ a: UNKNOWN }, { a: "number" }), [{ a: UNKNOWN }, []]);
  });

  it("wrong kinds and members are named with their path", () => {
    assert.deepEqual(run("five", "number")[1], ["x: expected a number, got string"]);
    assert.deepEqual(run("a", ["string"])[1], ["x: expected a list, got string"]);
    assert.deepEqual(run([1, []], ["number"])[1], ["x[1]: expected a number, got a list"]);
    assert.deepEqual(run({ b: 1 }, { "a!": "string" })[1], [
      "x.b: Invalid or unknown key",
      "x.a: Missing required argument",
    ]);
    assert.deepEqual(run([], "map")[1], ["x: expected an object, got a list"]);
  });
});
