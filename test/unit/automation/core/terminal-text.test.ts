import assert from "node:assert/strict";
import fc from "fast-check";
import { terminalText } from "../../../../automation/core/terminal-text";

describe("terminalText", () => {
  it("removes colour, titles, line breaks and direction overrides", () => {
    assert.equal(terminalText("a\u001b[31mred\u001b[0m b"), "ared b");
    assert.equal(terminalText("\u001b]0;title\u0007x"), "x");
    assert.equal(terminalText("one\r\ntwo\tthree"), "one two three");
    assert.equal(terminalText("\u202eevil"), "evil");
  });

  it("never lets a control character through", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary" }),
        (text) => !/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/.test(terminalText(text)),
      ),
    );
  });
});
