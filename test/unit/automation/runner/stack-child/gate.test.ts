import assert from "node:assert/strict";
import { emptyFold, foldEvent, type EngineEventLike } from "../../../../../automation/pulumi/engine-events";
import { gateFound, gatePassed } from "../../../../../automation/runner/stack-child/gate";

const URN = "urn:pulumi:dev::toy::c:i:C$aws:ec2/vpc:Vpc::main";
const said = (policyName: string, message: string): EngineEventLike => ({
  policyEvent: { policyName, policyPackName: "p", enforcementLevel: "advisory", message, resourceUrn: URN },
});
const seen: readonly EngineEventLike[] = [
  { resourcePreEvent: { metadata: { op: "create", urn: URN, type: "aws:ec2/vpc:Vpc" } } },
  { resourcePreEvent: { metadata: { op: "create", urn: "urn:pulumi:d::p::sallyport:x:Y::y", type: "sallyport:x:Y" } } },
  { policyAnalyzeSummaryEvent: { passed: ["a", "b"] } },
];
const gate = (...events: EngineEventLike[]) => gatePassed([...seen, ...events].reduce(foldEvent, emptyFold), 1400);

describe("gate", () => {
  it("says how many rules looked at how many resources", () => {
    assert.deepEqual([gate().text, gate().ms], ["2 rules, 1 resources: nothing to object", 1400]);
  });

  it("names what is to consider, each rule once with its number", () => {
    const { text, data } = gate(said("backups", "keep 14"), said("alarm", "none"), said("backups", "keep 14"));
    assert.equal(text, "2 rules, 1 resources: to consider: backups (2), alarm");
    assert.deepEqual(data?.["advice"], { backups: 2, alarm: 1 });
  });

  it("values that only the apply knows and exemptions are no advice, and count as no rule", () => {
    const looked = { policyAnalyzeStackSummaryEvent: { failed: ["decided-at-apply", "exemptions"] } };
    const { text, data } = gate(said("decided-at-apply", "x: y"), said("exemptions", "a: b"), looked);
    assert.equal(text, "2 rules, 1 resources: nothing to object; exemptions in force; unknown values as they come");
    assert.deepEqual([data?.["open"], data?.["exempted"]], [["x: y"], ["a: b"]]);
  });

  it("each finding is an event for machines, without the rule's description", () => {
    const [found] = foldEvent(emptyFold, said("backups", "Backups are kept. Why.\nkeep 14 days\n")).policies;
    assert.deepEqual(found && gateFound(found), {
      type: "gate.found",
      stage: "Gate",
      mark: "note",
      detail: true,
      text: "backups on main: keep 14 days",
      data: {
        rule: "backups",
        level: "advisory",
        severity: "",
        urn: URN,
        type: "aws:ec2/vpc:Vpc",
        resource: "main",
        text: "keep 14 days",
      },
    });
  });
});
