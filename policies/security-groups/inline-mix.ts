import type { StackRule } from "../rule";
import { DEFAULT_GROUP } from "./groups";
import { once } from "./estate";
import { trafficOf } from "./traffic";
import type { TrafficRule } from "./traffic-rule";

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
    const apart = rules.filter(({ place }) => place === "");
    for (const group of new Set(
      apart.flatMap(({ groups: keys }) => keys.flatMap((key) => groups.resource(key) ?? [])),
    )) {
      if (group.type === DEFAULT_GROUP) report("The default group's own list takes every rule resource away", group);
      const own = apart.filter(({ groups: keys }) => keys.some((key) => groups.resource(key) === group));
      for (const { by, place, ...inline } of rules) {
        if (by !== group || place === "" || own.some((rule) => repeats(inline, rule))) continue;
        const open = own.find(({ ports, direction }) => ports === "open" && direction === inline.direction);
        if (open) verdict.undecided(`ports of ${open.by.name}`);
        else report(`${inline.direction} stands beside rules that are resources`, group);
      }
    }
  },
};

/**
 * Whether an inline rule may be what AWS tells of a rule resource: its answer lists every rule of a group, whoever wrote it, and
 * puts those of the same ports together. The engine shows answers, not what the program wrote.
 */
function repeats(inline: Pick<TrafficRule, "direction" | "ports">, rule: TrafficRule): boolean {
  if (inline.direction !== rule.direction && rule.direction !== "open") return false;
  if (typeof inline.ports === "string" || typeof rule.ports === "string") return inline.ports === rule.ports;
  return inline.ports.from === rule.ports.from && inline.ports.to === rule.ports.to;
}
