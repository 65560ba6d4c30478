import assert from "node:assert/strict";
import { parseRoleComment, roleComment, type RoleMark } from "../../../../../automation/runner/database/role-comment";

describe("the comment on a role", () => {
  it("says whose it is, and is read back", () => {
    const marks: readonly [RoleMark, string][] = [
      [{ kind: "person", userId: "96671e2a-1" }, "sallyport: person 96671e2a-1"],
      [{ kind: "privileges" }, "sallyport: privileges"],
      [{ kind: "canary" }, "sallyport: canary"],
    ];
    for (const [mark, text] of marks) {
      assert.equal(roleComment(mark), text);
      assert.deepEqual(parseRoleComment(text), mark);
    }
  });

  it("of somebody else is not ours", () => {
    for (const text of [
      undefined,
      "",
      "made by hand",
      "sallyport: person ",
      "sallyport: person a b",
      "x sallyport: canary",
    ])
      assert.equal(parseRoleComment(text), undefined);
  });
});
