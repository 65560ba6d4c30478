import { sgBastionEgressAllowlist, sgBastionNoIngress } from "../../../../policies/security-groups/bastion-traffic";
import { UNKNOWN } from "../run-rule";
import {
  BASTION_SERVER,
  EGRESS_RULE,
  GOOD,
  group,
  GROUPS,
  INGRESS_RULE,
  INSTANCE,
  RULE,
  rule,
  RULES,
  ruleWith,
  THINGS,
  wears,
} from "./access-path";
import { VPC, type StackSample } from "./estate";
import type { StackRuleCases } from "./stack-rule-cases";

const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const others = (...without: string[]): StackSample[] => GROUPS.filter(({ name }) => !without.includes(name));
const ANYWHERE = { ipProtocol: "-1", cidrIpv4: "0.0.0.0/0" };

export const BASTION_TRAFFIC_CASES: readonly StackRuleCases[] = [
  {
    rule: sgBastionNoIngress,
    ok: [
      { title: "a good estate, before any id is known", resources: GOOD },
      { title: "no bastion", resources: GROUPS },
      {
        title: "inline, written as none",
        resources: [...THINGS, ...others("bastion-group"), group("bastion-group", { ingress: [] }, { ingress: [] })],
      },
      {
        title: "a port of something else",
        resources: [...GOOD, group("web"), ruleWith(INGRESS_RULE, "web-22", "web", { cidrIpv4: "10.0.0.0/8" })],
      },
    ],
    bad: [
      {
        title: "a rule resource",
        resources: [...GOOD, ruleWith(INGRESS_RULE, "ssh", "bastion-group", { fromPort: 22, toPort: 22 })],
        found: ["ssh: securityGroupId is a bastion's: the rule admits traffic to it"],
      },
      {
        title: "an older rule",
        resources: [...GOOD, ruleWith(RULE, "ssh", "bastion-group", { type: "ingress", self: true })],
        found: ["ssh: securityGroupId is a bastion's: the rule admits traffic to it"],
      },
      {
        title: "inline",
        resources: [
          ...THINGS,
          ...others("bastion-group"),
          group("bastion-group", { ingress: [{ protocol: "tcp", fromPort: 22 }, UNKNOWN] }, { ingress: [] }),
        ],
        found: ["bastion-group: ingress[0] admits traffic to it", "bastion-group: ingress[1] admits traffic to it"],
      },
      {
        title: "a bastion that names no group",
        resources: [
          ...THINGS.filter(({ name }) => name !== "bastion"),
          { ...BASTION_SERVER, props: { subnetId: UNKNOWN }, from: { subnetId: ["access"] } },
          ...GROUPS,
        ],
        found: ["bastion: The bastion wears the default group, which admits its members"],
      },
      {
        title: "the default group of the VPC, by its output",
        resources: [VPC, wears(INSTANCE, "bastion", "vpcSecurityGroupIds", "vpc")],
        found: ["bastion: The bastion wears the default group, which admits its members"],
      },
      {
        title: "a group that starts bastions from a template",
        resources: [
          VPC,
          group("worn"),
          wears(TEMPLATE, "template", "vpcSecurityGroupIds", "worn"),
          wears("aws:autoscaling/group:Group", "bastions", "launchTemplate", "template"),
          ruleWith(INGRESS_RULE, "ssh", "worn", { cidrIpv4: "10.0.0.0/8" }),
        ],
        found: ["ssh: securityGroupId is a bastion's: the rule admits traffic to it"],
      },
      {
        title: "a group on the bastion's network interface",
        resources: [
          VPC,
          group("worn"),
          wears("aws:ec2/networkInterface:NetworkInterface", "card", "securityGroups", "worn"),
          {
            type: INSTANCE,
            name: "bastion",
            props: { networkInterfaces: [{ networkInterfaceId: UNKNOWN }] },
            from: { networkInterfaces: ["card"] },
          },
          ruleWith(INGRESS_RULE, "ssh", "worn", { cidrIpv4: "10.0.0.0/8" }),
        ],
        found: ["ssh: securityGroupId is a bastion's: the rule admits traffic to it"],
      },
      {
        title: "a group that is put on the bastion afterwards",
        resources: [
          ...GOOD,
          group("late"),
          {
            type: "aws:ec2/networkInterfaceSecurityGroupAttachment:NetworkInterfaceSecurityGroupAttachment",
            name: "sticker",
            props: { securityGroupId: UNKNOWN, networkInterfaceId: UNKNOWN },
            from: { securityGroupId: ["late"], networkInterfaceId: ["bastion"] },
          },
          ruleWith(INGRESS_RULE, "ssh", "late", { cidrIpv4: "10.0.0.0/8" }),
        ],
        found: ["ssh: securityGroupId is a bastion's: the rule admits traffic to it"],
      },
      {
        title: "a group that says so by its tag",
        resources: [
          VPC,
          group("tagged", { tags: { Role: "bastion" } }),
          ruleWith(INGRESS_RULE, "ssh", "tagged", { cidrIpv4: "10.0.0.0/8" }),
        ],
        found: ["ssh: securityGroupId is a bastion's: the rule admits traffic to it"],
      },
      {
        title: "by ids, when they are known",
        resources: [
          { type: INSTANCE, name: "bastion", props: { vpcSecurityGroupIds: ["sg-1"] } },
          { type: "aws:ec2/securityGroup:SecurityGroup", name: "worn", props: { id: "sg-1" } },
          { type: INGRESS_RULE, name: "ssh", props: { securityGroupId: "sg-1", cidrIpv4: "10.0.0.0/8" } },
          { type: INGRESS_RULE, name: "web", props: { securityGroupId: "sg-2", cidrIpv4: "10.0.0.0/8" } },
        ],
        found: ["ssh: securityGroupId is a bastion's: the rule admits traffic to it"],
      },
    ],
    unknown: [
      {
        title: "the direction of an older rule",
        resources: [...GOOD, ruleWith(RULE, "ssh", "bastion-group", { type: UNKNOWN })],
        open: ["type of ssh"],
      },
      {
        title: "inline rules as a whole, which may be none",
        resources: [
          ...THINGS,
          ...others("bastion-group"),
          group("bastion-group", { ingress: UNKNOWN }, { ingress: ["vpc"] }),
        ],
        open: ["ingress of bastion-group"],
      },
      {
        title: "a group from elsewhere",
        resources: [{ type: INSTANCE, name: "bastion", props: { vpcSecurityGroupIds: ["sg-1"] } }],
        open: ["rules of a group of bastion"],
      },
      {
        title: "groups that come from nowhere known",
        resources: [
          {
            type: INSTANCE,
            name: "bastion",
            props: { vpcSecurityGroupIds: UNKNOWN },
            from: { vpcSecurityGroupIds: [] },
          },
        ],
        open: ["groups of bastion"],
      },
      {
        title: "a template from elsewhere",
        resources: [{ type: INSTANCE, name: "bastion", props: { launchTemplate: { id: "lt-1" } } }],
        open: ["groups of bastion"],
      },
      {
        title: "a rule of no known group; others are decided",
        resources: [
          ...GOOD,
          { type: INGRESS_RULE, name: "stray", props: { securityGroupId: UNKNOWN }, from: { securityGroupId: [] } },
          ruleWith(INGRESS_RULE, "ssh", "bastion-group", {}),
        ],
        open: ["group of stray"],
        found: ["ssh: securityGroupId is a bastion's: the rule admits traffic to it"],
      },
    ],
  },
  {
    rule: sgBastionEgressAllowlist,
    ok: [
      { title: "a good estate, before any id is known", resources: GOOD },
      {
        title: "the list of a gateway endpoint",
        resources: [
          ...GOOD,
          { type: "aws:ec2/vpcEndpoint:VpcEndpoint", name: "s3", props: { serviceName: "com.amazonaws.eu-west-2.s3" } },
          {
            ...ruleWith(EGRESS_RULE, "to-s3", "bastion-group", { prefixListId: UNKNOWN, fromPort: 443, toPort: 443 }),
            from: { securityGroupId: ["bastion-group"], prefixListId: ["s3"] },
          },
        ],
      },
      {
        title: "what the setting names: a block, a list, a group by id and by name",
        resources: [
          ...GOOD,
          group("proxy"),
          ruleWith(EGRESS_RULE, "a", "bastion-group", { cidrIpv4: "10.1.0.0/24", fromPort: 443, toPort: 443 }),
          ruleWith(EGRESS_RULE, "b", "bastion-group", { prefixListId: "pl-1", fromPort: 443, toPort: 443 }),
          ruleWith(EGRESS_RULE, "c", "bastion-group", { referencedSecurityGroupId: "sg-9" }),
          rule(EGRESS_RULE, "d", "bastion-group", "proxy", 3128),
        ],
        settings: { targets: ["443 10.1.0.0/24", " 443  pl-1 ", "5432 sg-9", "3128 proxy"] },
      },
      {
        title: "inline, to groups of the program",
        resources: [
          ...THINGS,
          ...others("bastion-group"),
          group(
            "bastion-group",
            { egress: [{ protocol: "6", fromPort: 443, toPort: 443, securityGroups: [UNKNOWN] }] },
            { egress: ["endpoint-group"] },
          ),
        ],
      },
    ],
    bad: [
      {
        title: "to everywhere",
        resources: [...GOOD, ruleWith(EGRESS_RULE, "out", "bastion-group", ANYWHERE)],
        found: ["out: cidrIpv4 is neither the endpoints' nor the databases'"],
      },
      {
        title: "inline to everywhere, and a list from elsewhere",
        resources: [
          ...THINGS,
          ...others("bastion-group"),
          group(
            "bastion-group",
            {
              egress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"], prefixListIds: ["pl-1"] }],
            },
            { egress: [] },
          ),
        ],
        found: [
          "bastion-group: egress[0].cidrBlocks is neither the endpoints' nor the databases'",
          "bastion-group: egress[0].prefixListIds is neither the endpoints' nor the databases'",
        ],
      },
      {
        title: "an older rule",
        resources: [...GOOD, ruleWith(RULE, "out", "bastion-group", { type: "egress", ipv6CidrBlocks: ["::/0"] })],
        found: ["out: ipv6CidrBlocks is neither the endpoints' nor the databases'"],
      },
      {
        title: "all ports of the databases",
        resources: [
          ...GOOD,
          {
            ...rule(EGRESS_RULE, "wide", "bastion-group", "database-group", 0),
            props: { securityGroupId: UNKNOWN, referencedSecurityGroupId: UNKNOWN, ipProtocol: "-1" },
          },
        ],
        found: ["wide: referencedSecurityGroupId is dialled on more than its one tcp port"],
      },
      {
        title: "the database's port at the endpoints",
        resources: [...GOOD, rule(EGRESS_RULE, "wrong", "bastion-group", "endpoint-group", 5432)],
        found: ["wrong: referencedSecurityGroupId is dialled on more than its one tcp port"],
      },
      {
        title: "a block and a list that the setting does not name",
        resources: [
          ...GOOD,
          ruleWith(EGRESS_RULE, "a", "bastion-group", { cidrIpv4: "10.2.0.0/24" }),
          ruleWith(EGRESS_RULE, "b", "bastion-group", { prefixListId: "pl-2" }),
        ],
        settings: { targets: ["5432 10.1.0.0/24", "5432 pl-1"] },
        found: [
          "a: cidrIpv4 is neither the endpoints' nor the databases'",
          "b: prefixListId is neither the endpoints' nor the databases'",
        ],
      },
      {
        title: "a target of the setting on another port",
        resources: [...GOOD, ruleWith(EGRESS_RULE, "a", "bastion-group", { cidrIpv4: "10.1.0.0/24" })],
        settings: { targets: ["443 10.1.0.0/24"] },
        found: ["a: cidrIpv4 is neither the endpoints' nor the databases'"],
      },
      {
        title: "the default group",
        resources: [VPC, wears(INSTANCE, "bastion", "vpcSecurityGroupIds", "vpc")],
        found: ["bastion: The bastion wears the default group, which may dial everywhere"],
      },
    ],
    unknown: [
      {
        title: "a block; the next is decided",
        resources: [
          ...GOOD,
          {
            ...ruleWith(EGRESS_RULE, "out", "bastion-group", { cidrIpv4: UNKNOWN, cidrIpv6: "::/0" }),
            from: { securityGroupId: ["bastion-group"], cidrIpv4: [] },
          },
        ],
        open: ["cidrIpv4 of out"],
        found: ["out: cidrIpv6 is neither the endpoints' nor the databases'"],
      },
      {
        title: "the port",
        resources: [
          ...THINGS,
          ...GROUPS,
          ...RULES.slice(1),
          rule(EGRESS_RULE, "to-endpoint", "bastion-group", "endpoint-group", UNKNOWN),
        ],
        open: ["ports of to-endpoint"],
      },
    ],
  },
];
