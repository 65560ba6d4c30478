import assert from "node:assert/strict";
import fc from "fast-check";
import { resultTable } from "../../../../automation/client/result-table";
import { textWidth } from "../../../../automation/client/text-width";
import type { StatementResult } from "../../../../automation/client/statement-result";

const text = (name: string) => ({ name, oid: 25 });
const select = (columns: StatementResult["columns"], rows: StatementResult["rows"]): StatementResult => ({
  command: "SELECT",
  rowCount: rows.length,
  columns,
  rows,
});

describe("result table", () => {
  it("aligns columns, numbers to the right, and shows NULL apart from a text of its letters", () => {
    const table = resultTable(
      select(
        [{ name: "id", oid: 23 }, text("name"), text("city")],
        [
          ["1", "Ann", "東京"],
          ["20", null, "Rome"],
          ["300", "NULL", ""],
        ],
      ),
    );
    assert.equal(
      table,
      [" id  name    city", "  1  Ann     東京", " 20  NULL    Rome", '300  "NULL"', "(3 rows)", ""].join("\n"),
    );
  });

  it("counts one row and none", () => {
    assert.equal(
      resultTable(select([text("current_user")], [["jane@example.com"]])),
      "current_user\njane@example.com\n(1 row)\n",
    );
    assert.equal(resultTable(select([text("a"), text("b")], [])), "a  b\n(0 rows)\n");
  });

  it("says what a statement without a table did", () => {
    assert.equal(resultTable({ command: "INSERT", rowCount: 2, columns: [], rows: [] }), "INSERT 2\n");
    assert.equal(resultTable({ command: "BEGIN", rowCount: null, columns: [], rows: [] }), "BEGIN\n");
  });

  it("strips what would move the cursor or forge a line", () => {
    assert.equal(
      resultTable(select([text("\u001b[2Jx")], [["a\nb\u001b]0;title\u0007\u202e\tc"]])),
      "x\na b c\n(1 row)\n",
    );
  });

  it("has one line per row and equal places for every column, whatever the values", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string(), fc.string()), { maxLength: 5 }), (rows) => {
        const lines = resultTable(select([text("first"), { name: "n", oid: 20 }], rows))
          .trimEnd()
          .split("\n");
        assert.equal(lines.length, rows.length + 2);
        const widths = lines.slice(0, -1).map(textWidth);
        assert.ok(
          Math.max(...widths) <=
            Math.max(5, ...rows.map(([a]) => textWidth(a) + 6)) +
              2 +
              Math.max(1, ...rows.map(([, b]) => textWidth(b) + 6)),
        );
      }),
    );
  });
});
