import assert from "node:assert/strict";
import { padText, textWidth } from "../../../../automation/client/text-width";

describe("text width", () => {
  it("counts columns, not code units", () => {
    assert.deepEqual(
      ["abc", "né", "ne\u0301", "東京", "한글", "👩‍👩‍👧", "Ａ", ""].map(textWidth),
      [3, 2, 2, 4, 4, 2, 2, 0],
    );
  });

  it("pads on either side, and never cuts", () => {
    assert.equal(padText("東京", 6, "left"), "東京  ");
    assert.equal(padText("12", 4, "right"), "  12");
    assert.equal(padText("long", 2, "left"), "long");
  });
});
