import assert from "node:assert/strict";
import { asJsonObject, parseJsonObject, textField } from "../../../../../automation/tunnel/wire/json-object";

describe("JSON from outside", () => {
  it("is an object or nothing", () => {
    assert.deepEqual(parseJsonObject(Buffer.from('{"a":1}')), { a: 1 });
    for (const text of ["", "null", "[1]", '"a"', "{", "\u0000"]) assert.equal(parseJsonObject(text), undefined, text);
    assert.equal(asJsonObject([]), undefined);
  });

  it("gives text fields as text, all else as empty", () => {
    assert.deepEqual(["a", 1, null, undefined, {}].map(textField), ["a", "", "", "", ""]);
  });
});
