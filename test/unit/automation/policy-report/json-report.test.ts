import assert from "node:assert/strict";
import { jsonReport } from "../../../../automation/policy-report/json-report";
import { finding, report } from "./made-report";

describe("a check as JSON", () => {
  it("is one document: where from, how it ended, all that was found", () => {
    const found = report({ findings: [finding()] });
    const text = jsonReport(found, { from: "shop/prod", pending: ["creating orders"] }, 3);
    assert.deepEqual(JSON.parse(text), {
      v: 1,
      ok: false,
      exitCode: 3,
      from: "shop/prod",
      pending: ["creating orders"],
      ...found,
    });
    assert.ok(text.endsWith("}\n"));
    assert.equal((JSON.parse(jsonReport(report(), { from: "a", pending: [] }, 0)) as { ok: boolean }).ok, true);
  });
});
