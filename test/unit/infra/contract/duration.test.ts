import assert from "node:assert/strict";
import { isoDuration, secondsOf } from "../../../../infra/contract/duration";

describe("duration", () => {
  it("is minutes or hours", () => {
    assert.equal(secondsOf("30m"), 1800);
    assert.equal(secondsOf("12h"), 43_200);
    for (const text of ["", "0m", "1", "1.5h", "1d", " 1h", "-1h"]) assert.equal(secondsOf(text), undefined, text);
  });

  it("has the form that Identity Center wants", () => {
    assert.equal(isoDuration(3600), "PT1H");
    assert.equal(isoDuration(5400), "PT1H30M");
    assert.equal(isoDuration(0), "PT0M");
  });
});
