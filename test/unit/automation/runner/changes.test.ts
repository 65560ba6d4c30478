import assert from "node:assert/strict";
import { addChanges, changesText, countChanges, NO_CHANGES } from "../../../../automation/runner/changes";

describe("changes of a stack", () => {
  it("are counted without what stays", () =>
    assert.deepEqual(countChanges({ create: 1, update: 2, delete: 3, replace: 4, same: 5 }), {
      create: 1,
      update: 2,
      replace: 4,
      delete: 3,
    }));

  it("of two runs add up, kind by kind", () =>
    assert.deepEqual(
      addChanges({ create: 1, update: 2, replace: 3, delete: 4 }, { create: 10, update: 20, replace: 30, delete: 40 }),
      { create: 11, update: 22, replace: 33, delete: 44 },
    ));

  it("in words leave out what did not happen", () => {
    assert.equal(changesText({ ...NO_CHANGES, create: 52 }, 3), "52 created");
    assert.equal(
      changesText({ create: 1, update: 2, replace: 3, delete: 4 }, 5),
      "1 created, 2 changed, 3 replaced, 4 deleted",
    );
    assert.equal(changesText(NO_CHANGES, 7), "7 as they were");
  });
});
