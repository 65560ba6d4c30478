import assert from "node:assert/strict";
import { findingText } from "../../../../automation/policy-report/finding-text";
import { finding } from "./made-report";

describe("a finding as sentences", () => {
  it("says what stands there and how to mend it", () => {
    assert.equal(findingText(finding()), "ingress.0 is open to the world. Name the source.");
  });

  it("says once when its exemption ended", () => {
    assert.match(findingText(finding({ expired: "2027-01-31" })), /source\. Its exemption ended on 2027-01-31\.$/);
    const idle = finding({
      found: "the exemption of web ended on 2027-01-31",
      fix: "Take it out",
      expired: "2027-01-31",
    });
    assert.equal(findingText(idle), "the exemption of web ended on 2027-01-31. Take it out.");
  });
});
