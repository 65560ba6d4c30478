import assert from "node:assert/strict";
import { checkState } from "../../../../automation/policy-state/check-state";
import { stateResources, type StackState } from "../../../../automation/policy-state/state-resources";
import { readConfiguration, type Configuration, type Rule } from "../../../../policies/library";

const text = { why: "", severity: "low", references: [], fix: "Mend it" } as const;

/** A rule about the stack before one about single resources: the answer keeps that order. */
const RULES: readonly Rule[] = [
  {
    ...text,
    id: "stack-sees",
    title: "",
    level: "advisory",
    checkStack: (resources, verdict) => {
      for (const each of resources) verdict.report(`seen as ${String(each.props.state)}`, each);
    },
  },
  {
    ...text,
    id: "resource-sees",
    title: "",
    level: "mandatory",
    types: ["aws:ec2/vpc:Vpc"],
    check: ({ props }, verdict) => verdict.report(`seen as ${String(props.state)}`),
  },
];

const stateOf = (...resources: readonly object[]): StackState => {
  const result = stateResources({ version: 3, deployment: { resources } });
  assert.ok(result.ok);
  return result.value;
};

const configurationOf = (value: object): Configuration => {
  const result = readConfiguration(RULES, value);
  assert.ok(result.ok);
  return result.value;
};

const vpc = (name: string, more: object = {}): object => ({
  urn: `urn:pulumi:dev::app::aws:ec2/vpc:Vpc::${name}`,
  inputs: { state: "input" },
  outputs: { state: "output" },
  ...more,
});

describe("a check of a state", () => {
  it("shows resource rules the inputs of what is managed, stack rules the outputs of all, in the order of the rules", () => {
    const report = checkState(
      RULES,
      stateOf(vpc("own"), vpc("read", { external: true })),
      configurationOf({}),
      "2027-01-31",
    );
    assert.deepEqual(
      report.findings.map(({ rule, level, resource, found }) => [rule, level, resource, found]),
      [
        ["stack-sees", "advisory", "own", "seen as output"],
        ["stack-sees", "advisory", "read", "seen as output"],
        ["resource-sees", "mandatory", "own", "seen as input"],
      ],
    );
    assert.deepEqual([report.resources, report.rules], [2, 2]);
  });

  it("follows the configuration: levels, rules switched off, exemptions", () => {
    const exemptions = [{ resource: "own", reason: "it moves", until: "2027-01-31" }];
    const configuration = configurationOf({ "stack-sees": "disabled", "resource-sees": { exemptions } });
    const inForce = checkState(RULES, stateOf(vpc("own")), configuration, "2027-01-31");
    assert.deepEqual([inForce.findings, inForce.rules, inForce.exempted[0]?.reason], [[], 1, "it moves"]);
    const ended = checkState(RULES, stateOf(vpc("own")), configuration, "2027-02-01");
    assert.deepEqual(
      ended.findings.map(({ level, expired }) => [level, expired]),
      [["mandatory", "2027-01-31"]],
    );
  });
});
