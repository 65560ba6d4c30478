import assert from "node:assert/strict";
import { seconds } from "../../../../policies/identity-center/iso-duration";

describe("seconds", () => {
  it("counts days, hours, minutes and seconds", () => {
    assert.equal(seconds("PT8H"), 28_800);
    assert.equal(seconds("PT1H30M"), 5_400);
    assert.equal(seconds("P1DT1S"), 86_401);
    assert.equal(seconds("PT480M"), 28_800);
  });

  it("is nothing for what is no duration", () => {
    for (const value of ["", "P", "PT", "8H", "PT8", "pt8h", "P1M", 8, undefined])
      assert.equal(seconds(value), undefined);
  });
});
