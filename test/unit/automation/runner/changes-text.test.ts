import assert from "node:assert/strict";
import { changesText } from "../../../../automation/runner/changes-text";

describe("what changed, in words", () => {
  const none = { create: 0, update: 0, replace: 0, delete: 0, same: 0 };

  it("leaves out what did not happen", () => {
    assert.equal(changesText({ ...none, create: 52 }), "52 created");
    assert.equal(
      changesText({ create: 1, update: 2, replace: 3, delete: 4, same: 5 }),
      "1 created, 2 changed, 3 replaced, 4 deleted",
    );
  });

  it("says that nothing did", () => assert.equal(changesText({ ...none, same: 7 }), "7 as they were"));
});
