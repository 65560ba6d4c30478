import assert from "node:assert/strict";
import fc from "fast-check";
import { engineText } from "../../../../automation/pulumi/engine-text";

describe("engine text", () => {
  it("colour directives and ANSI sequences go, line breaks stay", () => {
    assert.equal(
      engineText("<{%reset%}>error: \u001b[31mboom\u001b[0m\nsecond\u0007<{%fg 13%}> line<{%reset%}>\n"),
      "error: boom\nsecond line",
    );
    assert.equal(engineText("\u001b]8;;https://x\u0007link\u001b]8;;\u0007"), "link");
  });

  it("no control character but tab and line feed is ever left", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) =>
        assert.doesNotMatch(engineText(text), /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/),
      ),
    );
  });
});
