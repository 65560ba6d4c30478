import assert from "node:assert/strict";
import { explanationText, ruleExplanation } from "../../../../automation/policy-report/rule-explanation";
import { readConfiguration, RULES, type Rule } from "../../../../policies/library";

const RULE: Rule = {
  id: "rds-backups",
  title: "A database is backed up",
  why: "Damage is seen late",
  severity: "medium",
  level: "advisory",
  references: ["FSBP RDS.11", "another"],
  fix: "Write backupRetentionPeriod",
  parameters: {
    minimumDays: { type: "integer", default: 7, about: "Days that a backup is kept" },
    expected: { type: "object", about: "What it is held against" },
  },
  types: ["aws:rds/cluster:Cluster", "aws:rds/instance:Instance"],
  check: () => undefined,
};

describe("the explanation of a rule", () => {
  it("says what, why, how to fix, what it looks at, its settings and how to configure it", () => {
    assert.equal(
      explanationText(ruleExplanation(RULE, "Database")),
      `rds-backups  advisory, medium, Database
  A database is backed up.

Why: Damage is seen late.
Fix: Write backupRetentionPeriod.
Looks at: aws:rds/cluster:Cluster, aws:rds/instance:Instance
Settings:
  minimumDays (integer, default 7): Days that a backup is kept
  expected (object, no default): What it is held against
References only: FSBP RDS.11; another

Level, settings and exemptions: under sallyport:policies in Pulumi.<env>.yaml, or in a file for --config, e.g.
  {
    "rds-backups": {
      "enforcementLevel": "mandatory",
      "minimumDays": 7,
      "exemptions": [
        {
          "resource": "name-or-urn",
          "reason": "why it may stay so",
          "until": "2027-01-31"
        }
      ]
    }
  }
An exemption holds through its last day (UTC); after that it fails the run until it is taken out or renewed.
`,
    );
  });

  it("of a rule about the stack without settings leaves them out", () => {
    const { parameters: _, types: _types, check: _check, ...rest } = RULE;
    const text = explanationText(
      ruleExplanation({ ...rest, level: "mandatory", references: [], checkStack: () => undefined }, "Stack"),
    );
    assert.match(text, /^Looks at: the whole stack\nReferences only: none$/m);
    assert.match(text, /"enforcementLevel": "advisory"/);
  });

  it("every rule's example is a configuration that the pack takes", () => {
    for (const rule of RULES) {
      const { example } = ruleExplanation(rule, "");
      const read = readConfiguration(RULES, example);
      assert.deepEqual(read.ok ? [] : read.problems, [], rule.id);
    }
  });
});
