import { isWorld } from "../network/cidr";
import type { ResourceRule, Verdict } from "../rule";
import { elements, isObject } from "../values";

const GROUPS = ["aws:ec2/securityGroup:SecurityGroup", "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"];
const RULE = "aws:ec2/securityGroupRule:SecurityGroupRule";
const INGRESS_RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";

/** Nothing is reachable from every address. */
export const sgNoWorld: ResourceRule = {
  id: "sg-no-world",
  title: "No security group admits every address",
  why: "A database or bastion that the whole internet may dial is one weak login away from everybody",
  severity: "critical",
  level: "mandatory",
  references: ["FSBP EC2.18", "FSBP EC2.19", "CIS AWS Foundations: remote administration ports"],
  fix: "Write referencedSecurityGroupId (or sourceSecurityGroupId, securityGroups) of the group that calls, or its own cidr",
  types: [...GROUPS, RULE, INGRESS_RULE],
  check: ({ type, props }, verdict) => {
    if (type === INGRESS_RULE) {
      addresses(verdict, "cidrIpv4", () => props["cidrIpv4"]);
      addresses(verdict, "cidrIpv6", () => props["cidrIpv6"]);
    } else if (type === RULE) {
      if (props["type"] === "ingress") lists(verdict, "", () => props);
    } else {
      elements(props["ingress"]).forEach((read, index) => lists(verdict, `ingress[${index}].`, read));
    }
  },
};

/** The two address lists of a rule in the older forms. */
function lists(verdict: Verdict, place: string, read: () => unknown): void {
  for (const property of ["cidrBlocks", "ipv6CidrBlocks"]) {
    addresses(verdict, place + property, () => {
      const rule = read();
      return isObject(rule) ? rule[property] : undefined;
    });
  }
}

function addresses(verdict: Verdict, place: string, read: () => unknown): void {
  verdict.part(() => {
    for (const element of elements(read())) {
      verdict.part(() => {
        if (isWorld(element())) verdict.report(`${place} admits every address`);
      });
    }
  });
}
