import assert from "node:assert/strict";
import { listedRules, ruleListText } from "../../../../automation/policy-report/rule-list";
import { DOMAINS, RULES, type Domain, type Rule } from "../../../../policies/library";

const rule = (id: string, level: Rule["level"], title: string): Rule => ({
  id,
  level,
  title,
  why: "",
  severity: level === "mandatory" ? "critical" : "low",
  references: [],
  fix: "",
  types: [],
  check: () => undefined,
});

describe("the list of rules", () => {
  it("is a table by domain, aligned over all of them, with a count", () => {
    const domains: Domain[] = [
      { title: "Network", rules: [rule("net-no-nat", "advisory", "No NAT"), rule("net", "mandatory", "A net")] },
      { title: "Stack", rules: [rule("stack-secrets", "mandatory", "No secret")] },
    ];
    assert.equal(
      ruleListText(domains),
      `Network
  net-no-nat     advisory   low       No NAT
  net            mandatory  critical  A net

Stack
  stack-secrets  mandatory  critical  No secret

3 rules, 2 mandatory. One of them: sallyport policies explain ID
`,
    );
  });

  it("has every rule of the pack once, with its domain", () => {
    const listed = listedRules(DOMAINS);
    assert.deepEqual(
      listed.map(({ id }) => id),
      RULES.map(({ id }) => id),
    );
    assert.deepEqual(Object.keys(listed[0] ?? {}), ["id", "level", "severity", "title", "domain"]);
  });
});
