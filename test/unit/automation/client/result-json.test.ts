import assert from "node:assert/strict";
import { resultJson } from "../../../../automation/client/result-json";

describe("result in JSON", () => {
  it("keeps what JSON can hold as values and every other digit as text", () => {
    const oids = [16, 23, 701, 701, 20, 1700, 114, 3802, 25, 25];
    const row = ["t", "-7", "1.5", "NaN", "9007199254740993", "0.10", '{"a":[1]}', "null", "x", null];
    assert.deepEqual(
      resultJson({
        command: "SELECT",
        rowCount: 1,
        columns: oids.map((oid, at) => ({ name: `c${at % 9}`, oid })),
        rows: [row],
      }),
      {
        command: "SELECT",
        rowCount: 1,
        columns: ["c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8", "c0"],
        rows: [[true, -7, 1.5, "NaN", "9007199254740993", "0.10", { a: [1] }, null, "x", null]],
      },
    );
  });

  it("is empty for a statement without a table", () => {
    assert.deepEqual(resultJson({ command: "DELETE", rowCount: 3, columns: [], rows: [] }), {
      command: "DELETE",
      rowCount: 3,
      columns: [],
      rows: [],
    });
  });
});
