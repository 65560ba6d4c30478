import assert from "node:assert/strict";
import { Undecided } from "../../../policies/undecided";

describe("Undecided", () => {
  it("says each thing once, sorted, and forgets what was taken", () => {
    const undecided = new Undecided();
    for (const [rule, what] of [
      ["b", "y"],
      ["b", "x"],
      ["a", "z"],
      ["b", "y"],
    ] as const)
      undecided.note(rule, what);
    assert.deepEqual(undecided.take(), ["a: z", "b: x, y"]);
    assert.deepEqual(undecided.take(), []);
  });
});
