import { toldFindings, type ToldFinding } from "../../../../automation/policy-report/finding-text";
import type { CheckReport, Finding } from "../../../../policies/library";

/** A finding of a test. */
export function finding(more: Partial<Finding> = {}): Finding {
  return {
    rule: "sg-no-world",
    level: "mandatory",
    severity: "high",
    urn: "urn:pulumi:dev::app::aws:ec2/securityGroup:SecurityGroup::web",
    resource: "web",
    type: "aws:ec2/securityGroup:SecurityGroup",
    found: "ingress.0 is open to the world",
    fix: "Name the source",
    ...more,
  };
}

/** The same as it is told. */
export function told(more: Partial<Finding> = {}): ToldFinding {
  const [first] = toldFindings([finding(more)]);
  if (!first) throw new Error("a finding is told");
  return first;
}

/** A check of a test: nothing found in one resource unless told. */
export function report(more: Partial<CheckReport> = {}): CheckReport {
  const nothing = { findings: [], undecided: [], notApplicable: [], exempted: [], unused: [] };
  return { ...nothing, resources: 1, rules: 72, ...more };
}
