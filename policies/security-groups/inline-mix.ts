import { knownOf } from "../known-elements";
import type { StackResource, StackRule } from "../rule";
import { elements } from "../values";
import { DEFAULT_GROUP } from "./groups";
import { once } from "./estate";
import { trafficOf } from "./traffic";

/** A group's rules are written in one way. */
export const sgNoInlineMix: StackRule = {
  id: "sg-no-inline-mix",
  title: "A security group's rules are written inline or as resources, not both",
  why: "The two undo each other: every run takes away what the other way had written",
  severity: "medium",
  level: "advisory",
  references: ["Pulumi registry: aws.ec2.SecurityGroup, note on inline rules"],
  fix: "Write each inline rule as aws.vpc.SecurityGroupIngressRule or aws.vpc.SecurityGroupEgressRule and leave ingress and egress out",
  checkStack: (resources, verdict) => {
    const { groups, rules } = trafficOf(resources);
    const report = once(verdict);
    for (const { place, groups: keys } of rules) {
      if (place !== "") continue;
      for (const group of keys.flatMap((key) => groups.resource(key) ?? [])) {
        if (group.type === DEFAULT_GROUP) report("The default group's own list takes every rule resource away", group);
        for (const list of ["ingress", "egress"])
          if (hasInline(group, list)) report(`${list} stands beside rules that are resources`, group);
      }
    }
  },
};

/** AWS answers with every rule of a group, so only what the program itself has written counts. */
function hasInline(group: StackResource, list: string): boolean {
  if (!(list in group.propertyDependencies)) return false;
  const { values } = knownOf([() => group.props[list]]);
  return values.length === 0 || elements(values[0]).length > 0;
}
