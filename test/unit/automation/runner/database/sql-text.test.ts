import assert from "node:assert/strict";
import fc from "fast-check";
import { identifier, identifiers, literal } from "../../../../../automation/runner/database/sql-text";

describe("SQL text", () => {
  it("quotes names and texts", () => {
    assert.equal(identifier('jane"x'), '"jane""x"');
    assert.equal(identifiers(["a", "B"]), '"a", "B"');
    assert.equal(literal("it's"), "'it''s'");
    assert.equal(literal("a\\'b"), "E'a\\\\''b'");
  });

  it("refuses names that PostgreSQL would refuse or cut", () => {
    assert.throws(() => identifier(""), { name: "RangeError", message: 'not a PostgreSQL name: ""' });
    assert.throws(() => identifier("a\0b"), RangeError);
    assert.throws(() => identifier("é".repeat(32)), {
      message: `a PostgreSQL name has at most 63 bytes: ${JSON.stringify("é".repeat(32))}`,
    });
    assert.equal(identifier("é".repeat(31)), `"${"é".repeat(31)}"`);
    assert.throws(() => literal("a\0b"), RangeError);
  });

  it("never lets a name or a text end early", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 15 }), (text) => {
        if (text.includes("\0")) return;
        if (text !== "") assert.match(identifier(text), /^"(?:[^"]|"")*"$/);
        assert.match(literal(text), /^E?'(?:[^']|'')*'$/);
      }),
    );
  });
});
