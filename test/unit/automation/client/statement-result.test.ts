import assert from "node:assert/strict";
import { isNumeric } from "../../../../automation/client/statement-result";

describe("column types", () => {
  it("knows numbers by PostgreSQL's oids", () => {
    assert.deepEqual([20, 21, 23, 26, 700, 701, 790, 1700].map(isNumeric), Array(8).fill(true));
    assert.deepEqual([16, 25, 1043, 1184, 3802].map(isNumeric), Array(5).fill(false));
  });
});
