import assert from "node:assert/strict";
import { ERROR_CODES } from "../../../../automation/core/error-codes";
import { errorsPage } from "../../../../automation/core/errors-page";

describe("errorsPage", () => {
  it("has one row per code", () => {
    const rows = errorsPage()
      .split("\n")
      .filter((line) => line.startsWith("| `"));
    assert.deepEqual(
      rows.map((row) => row.split("`")[1]),
      Object.keys(ERROR_CODES),
    );
  });
});
