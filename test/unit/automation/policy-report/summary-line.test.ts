import assert from "node:assert/strict";
import { summaryLine } from "../../../../automation/policy-report/summary-line";
import { finding, report } from "./made-report";

describe("the last line of a check", () => {
  it("counts resources, rules, findings by level and what is exempted", () => {
    const findings = [finding(), finding(), finding({ level: "advisory" })];
    const exempted = [{ ...finding(), reason: "it moves", until: "2027-01-31" }];
    assert.equal(
      summaryLine(report({ findings, exempted, resources: 41 })),
      "41 resources, 72 rules: 2 mandatory, 1 advisory, 1 exempted",
    );
    assert.equal(summaryLine(report({ rules: 1 })), "1 resource, 1 rule: 0 mandatory, 0 advisory, 0 exempted");
  });
});
