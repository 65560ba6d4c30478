import { sgNoWorld } from "../../../../policies/security-groups/sg-no-world";
import { UNKNOWN } from "../run-rule";
import type { RuleCases } from "./rule-cases";

const DEFAULT_GROUP = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";
const RULE = "aws:ec2/securityGroupRule:SecurityGroupRule";
const INGRESS_RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";

export const SG_NO_WORLD_CASES: RuleCases = {
  rule: sgNoWorld,
  ok: [
    { title: "a group without rules", props: {} },
    {
      title: "inline, from a private block",
      props: { ingress: [{ cidrBlocks: ["10.0.0.0/8"], ipv6CidrBlocks: ["fc00::/7"] }] },
    },
    { title: "inline, from a group", props: { ingress: [{ securityGroups: [UNKNOWN] }] } },
    { title: "egress to everywhere, which is another matter", props: { egress: [{ cidrBlocks: ["0.0.0.0/0"] }] } },
    { title: "an older rule of egress", type: RULE, props: { type: "egress", cidrBlocks: ["0.0.0.0/0"] } },
    { title: "an older rule from a group", type: RULE, props: { type: "ingress", sourceSecurityGroupId: UNKNOWN } },
    { title: "a rule resource from a group", type: INGRESS_RULE, props: { referencedSecurityGroupId: UNKNOWN } },
    { title: "a rule resource from one address", type: INGRESS_RULE, props: { cidrIpv4: "203.0.113.7/32" } },
  ],
  bad: [
    {
      title: "inline, IPv4 and IPv6",
      props: { ingress: [{}, { cidrBlocks: ["10.0.0.0/16", "0.0.0.0/0"], ipv6CidrBlocks: ["::/0"] }] },
      found: ["ingress[1].cidrBlocks admits every address", "ingress[1].ipv6CidrBlocks admits every address"],
    },
    {
      title: "inline in the default group",
      type: DEFAULT_GROUP,
      props: { ingress: [{ cidrBlocks: ["0.0.0.0/0"] }] },
      found: ["ingress[0].cidrBlocks admits every address"],
    },
    {
      title: "an older rule",
      type: RULE,
      props: { type: "ingress", cidrBlocks: ["0.0.0.0/0"] },
      found: ["cidrBlocks admits every address"],
    },
    {
      title: "an older rule, IPv6 written out",
      type: RULE,
      props: { type: "ingress", ipv6CidrBlocks: ["0:0:0:0:0:0:0:0/0"] },
      found: ["ipv6CidrBlocks admits every address"],
    },
    {
      title: "a rule resource",
      type: INGRESS_RULE,
      props: { cidrIpv4: "0.0.0.0/0" },
      found: ["cidrIpv4 admits every address"],
    },
    {
      title: "a rule resource, IPv6",
      type: INGRESS_RULE,
      props: { cidrIpv6: "::/0" },
      found: ["cidrIpv6 admits every address"],
    },
    {
      title: "both halves of all addresses",
      props: { ingress: [{ cidrBlocks: ["0.0.0.0/1"] }, { cidrBlocks: ["128.0.0.0/1"] }] },
      found: ["ingress[0].cidrBlocks admits every address", "ingress[1].cidrBlocks admits every address"],
    },
  ],
  unknown: [
    {
      title: "one block: the others are decided",
      props: { ingress: [{ cidrBlocks: [UNKNOWN, "0.0.0.0/0"] }] },
      open: ["ingress.0.cidrBlocks.0"],
      found: ["ingress[0].cidrBlocks admits every address"],
    },
    {
      title: "one rule: the next is decided",
      props: { ingress: [UNKNOWN, { cidrBlocks: ["0.0.0.0/0"] }] },
      open: ["ingress.0"],
      found: ["ingress[1].cidrBlocks admits every address"],
    },
    { title: "the direction", type: RULE, props: { type: UNKNOWN, cidrBlocks: ["0.0.0.0/0"] }, open: ["type"] },
    {
      title: "IPv4: IPv6 is decided",
      type: INGRESS_RULE,
      props: { cidrIpv4: UNKNOWN, cidrIpv6: "::/0" },
      open: ["cidrIpv4"],
      found: ["cidrIpv6 admits every address"],
    },
  ],
};
