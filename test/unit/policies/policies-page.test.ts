import assert from "node:assert/strict";
import { RULES } from "../../../policies/pack";
import { policiesPage } from "../../../policies/policies-page";
import { sourceText } from "../../support/source-files";

describe("policiesPage", () => {
  it("has one row and one section per rule", () => {
    const lines = policiesPage(RULES).split("\n");
    const ids = RULES.map(({ id }) => id);
    assert.deepEqual(
      lines.filter((line) => line.startsWith("| [`")).map((line) => line.split("`")[1]),
      ids,
    );
    assert.deepEqual(
      lines.filter((line) => line.startsWith("## ")).map((line) => line.slice(3)),
      ids,
    );
  });

  it("POLICIES.md is what the list generates", () => {
    assert.equal(sourceText("POLICIES.md"), policiesPage(RULES), "run: npm run docs");
  });
});
