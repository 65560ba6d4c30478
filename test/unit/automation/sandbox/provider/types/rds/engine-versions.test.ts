import assert from "node:assert/strict";
import { majorOf, MAJORS } from "../../../../../../../automation/sandbox/postgres/binaries";
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

  it("nothing is offered that the sandbox has no server of", () => {
    const offered = Array.from({ length: 99 }, (_, at) => fullVersion(String(at))).filter((each) => each !== undefined);
    assert.deepEqual(offered.map(majorOf), [...MAJORS]);
    assert.deepEqual([fullVersion("18"), fullVersion("17"), fullVersion("99")], ["18.4", undefined, undefined]);
  });

  it("a family belongs to a major version", () => {
    assert.equal(familyOf("aurora-postgresql", "16.9"), "aurora-postgresql16");
    assert.equal(familyOf("aurora-postgresql", "18.4"), "aurora-postgresql18");
    assert.deepEqual(
      ["aurora-postgresql16", "aurora-postgresql18", "aurora-postgresql17", "postgres16"].map(isFamily),
      [true, true, false, false],
    );
  });
});
