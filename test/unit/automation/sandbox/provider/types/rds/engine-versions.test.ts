import assert from "node:assert/strict";
import {
  familyOf,
  fullVersion,
  isFamily,
} from "../../../../../../../automation/sandbox/provider/types/rds/engine-versions";

describe("engine versions", () => {
  it("a major version means its newest minor", () => {
    assert.deepEqual(
      [fullVersion("16"), fullVersion("16.4"), fullVersion(undefined), fullVersion("16.99"), fullVersion("8")],
      ["16.9", "16.4", "18.4", undefined, undefined],
    );
  });

  it("a family belongs to a major version", () => {
    assert.equal(familyOf("aurora-postgresql", "16.9"), "aurora-postgresql16");
    assert.deepEqual([isFamily("aurora-postgresql16"), isFamily("postgres16")], [true, false]);
  });
});
