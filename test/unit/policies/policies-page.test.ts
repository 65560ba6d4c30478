import assert from "node:assert/strict";
import { DOMAINS, RULES } from "../../../policies/pack";
import { policiesPage } from "../../../policies/policies-page";
import { sourceText } from "../../support/source-files";

describe("policiesPage", () => {
  it("has one row and one section per rule", () => {
    const lines = policiesPage(DOMAINS).split("\n");
    const ids = RULES.map(({ id }) => id);
    assert.deepEqual(
      lines.filter((line) => line.startsWith("| [`")).map((line) => line.split("`")[1]),
      ids,
    );
    assert.deepEqual(
      lines.filter((line) => line.startsWith("## ")).map((line) => line.slice(3)),
      ["Levels, settings, exemptions", ...ids],
    );
  });

  it("names each rule's settings with type, default and what for", () => {
    const page = policiesPage(DOMAINS);
    assert.ok(
      page.includes("\n- Setting `minimumDays` (integer, default `7`): Days that a backup is kept at least.\n"),
    );
    assert.ok(page.includes("\n- Setting `keys` (strings, no default): Tags that must be there, "));
  });

  it("POLICIES.md is what the list generates", () => {
    assert.equal(sourceText("POLICIES.md"), policiesPage(DOMAINS), "run: npm run docs");
  });
});
