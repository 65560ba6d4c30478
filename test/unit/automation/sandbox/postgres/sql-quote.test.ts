import assert from "node:assert/strict";
import { quoteName, quoteText } from "../../../../../automation/sandbox/postgres/sql-quote";

describe("quoting", () => {
  it("doubles what would end a name or a text", () => {
    assert.equal(quoteName('a"b'), '"a""b"');
    assert.equal(quoteText("it's"), "'it''s'");
    assert.equal(quoteText("a\\'b"), " E'a\\\\''b'");
  });

  it("refuses what no statement can carry", () => {
    assert.throws(() => quoteName(""), RangeError);
    assert.throws(() => quoteName("a\0"), RangeError);
    assert.throws(() => quoteText("a\0"), RangeError);
  });
});
