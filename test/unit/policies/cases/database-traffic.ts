import { sgDbIngressOnlyBastion, sgDbNoEgress } from "../../../../policies/security-groups/database-traffic";
import { UNKNOWN } from "../run-rule";
import {
  DATABASE,
  EGRESS_RULE,
  GOOD,
  group,
  GROUPS,
  INGRESS_RULE,
  NET,
  RULE,
  rule,
  ruleWith,
  THINGS,
  wears,
} from "./access-path";
import type { StackSample } from "./estate";
import type { StackRuleCases } from "./stack-rule-cases";

const others = (...without: string[]): StackSample[] => GROUPS.filter(({ name }) => !without.includes(name));
const inline = (entries: unknown, ...from: string[]): StackSample[] => [
  ...THINGS,
  ...others("database-group"),
  group("app"),
  group("database-group", { ingress: entries }, { ingress: from }),
];
const PG = { protocol: "tcp", fromPort: 5432, toPort: 5432 };
const withoutGroups: StackSample[] = [
  ...NET,
  ...DATABASE.map((each) =>
    each.name === "orders"
      ? {
          ...each,
          props: { engine: "aurora-postgresql", vpcSecurityGroupIds: UNKNOWN },
          from: { dbSubnetGroupName: ["subnet-group"] },
        }
      : each,
  ),
];

export const DATABASE_TRAFFIC_CASES: readonly StackRuleCases[] = [
  {
    rule: sgDbIngressOnlyBastion,
    ok: [
      { title: "a good estate, before any id is known", resources: GOOD },
      { title: "no database", resources: [...NET, ...GROUPS] },
      {
        title: "inline, from the bastion's group",
        resources: inline([{ ...PG, securityGroups: [UNKNOWN] }], "bastion-group"),
      },
      {
        title: "an application that the setting names",
        resources: [...GOOD, group("app"), rule(INGRESS_RULE, "app", "database-group", "app", 5432)],
        settings: { clients: ["app"] },
      },
      {
        title: "an application elsewhere that the setting names",
        resources: [...GOOD, ruleWith(INGRESS_RULE, "app", "database-group", { referencedSecurityGroupId: "sg-1" })],
        settings: { clients: ["sg-1"] },
      },
      {
        title: "a proxy of RDS between them",
        resources: [
          ...GOOD,
          group("proxy-group"),
          {
            ...wears("aws:rds/proxy:Proxy", "proxy", "vpcSecurityGroupIds", "proxy-group"),
            props: { engineFamily: "POSTGRESQL", vpcSecurityGroupIds: [UNKNOWN] },
          },
          rule(INGRESS_RULE, "proxy-to-database", "database-group", "proxy-group", 5432),
          rule(INGRESS_RULE, "bastion-to-proxy", "proxy-group", "bastion-group", 5432),
        ],
      },
      {
        title: "a default group that the program has emptied",
        resources: [
          ...withoutGroups,
          {
            type: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
            name: "default",
            props: { vpcId: UNKNOWN, ingress: UNKNOWN, egress: UNKNOWN },
            from: { vpcId: ["vpc"] },
          },
        ],
      },
    ],
    bad: [
      {
        title: "an address block",
        resources: [...GOOD, ruleWith(INGRESS_RULE, "wide", "database-group", { cidrIpv4: "10.0.0.0/8" })],
        found: ["wide: cidrIpv4 admits more than the bastion's group"],
      },
      {
        title: "a prefix list",
        resources: [...GOOD, ruleWith(INGRESS_RULE, "list", "database-group", { prefixListId: "pl-1" })],
        found: ["list: prefixListId admits more than the bastion's group"],
      },
      {
        title: "another group, before its id is known",
        resources: [...GOOD, group("app"), rule(INGRESS_RULE, "app-rule", "database-group", "app", 5432)],
        found: ["app-rule: referencedSecurityGroupId admits more than the bastion's group"],
      },
      {
        title: "an older rule, itself",
        resources: [
          ...GOOD,
          ruleWith(RULE, "self", "database-group", {
            type: "ingress",
            protocol: "tcp",
            self: true,
            cidrBlocks: ["10.0.0.0/8"],
          }),
        ],
        found: [
          "self: cidrBlocks admits more than the bastion's group",
          "self: self admits more than the bastion's group",
        ],
      },
      {
        title: "inline, from a group beside the bastion's",
        resources: inline(
          [
            { ...PG, securityGroups: [UNKNOWN] },
            { ...PG, securityGroups: [UNKNOWN] },
          ],
          "bastion-group",
          "app",
        ),
        found: [
          "database-group: ingress[0].securityGroups admits more than the bastion's group",
          "database-group: ingress[1].securityGroups admits more than the bastion's group",
        ],
      },
      {
        title: "inline, from a group elsewhere beside the bastion's, whose id is not known",
        resources: inline([{ ...PG, securityGroups: [UNKNOWN, "sg-9"] }], "bastion-group"),
        found: ["database-group: ingress[0].securityGroups admits more than the bastion's group"],
      },
      {
        title: "every port",
        resources: inline([{ protocol: "-1", fromPort: 0, toPort: 0, securityGroups: [UNKNOWN] }], "bastion-group"),
        found: ["database-group: ingress[0] opens more than the database's tcp port"],
      },
      {
        title: "a wrong port",
        resources: [...GOOD, rule(INGRESS_RULE, "ssh", "database-group", "bastion-group", 22)],
        found: ["ssh: The rule opens more than the database's tcp port"],
      },
      {
        title: "a database that names no group",
        resources: withoutGroups,
        found: ["orders: The database wears the default group, which admits its members"],
      },
      {
        title: "a default group with rules",
        resources: [
          ...withoutGroups,
          {
            type: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
            name: "default",
            props: { ingress: [{ ...PG, self: true }] },
            from: { vpcId: ["vpc"], ingress: [] },
          },
        ],
        found: ["default: ingress[0].self admits more than the bastion's group"],
      },
    ],
    unknown: [
      {
        title: "a block",
        resources: [
          ...GOOD,
          {
            ...ruleWith(INGRESS_RULE, "wide", "database-group", { cidrIpv4: UNKNOWN }),
            from: { securityGroupId: ["database-group"], cidrIpv4: ["vpc"] },
          },
        ],
        open: ["cidrIpv4 of wide"],
      },
      {
        title: "an inline rule as a whole: what it comes from is decided",
        resources: inline([UNKNOWN], "app"),
        open: ["ingress of database-group", "ports of database-group"],
        found: ["database-group: ingress admits more than the bastion's group"],
      },
      {
        title: "the port of the database",
        resources: [
          ...GOOD.filter(({ name }) => name !== "orders"),
          ...DATABASE.slice(1).map((each) => ({ ...each, from: { ...each.from, port: [] } })),
        ],
        open: ["ports of from-bastion-5432"],
      },
    ],
  },
  {
    rule: sgDbNoEgress,
    ok: [
      { title: "a good estate, before any id is known", resources: GOOD },
      { title: "no database", resources: GROUPS },
    ],
    bad: [
      {
        title: "a rule resource",
        resources: [...GOOD, ruleWith(EGRESS_RULE, "out", "database-group", { cidrIpv4: "0.0.0.0/0" })],
        found: ["out: securityGroupId is a database's: the rule lets it dial out"],
      },
      {
        title: "inline",
        resources: [
          ...THINGS,
          ...others("database-group"),
          group("database-group", { egress: [{ protocol: "-1", cidrBlocks: ["0.0.0.0/0"] }] }, { egress: [] }),
        ],
        found: ["database-group: egress[0] lets it dial out"],
      },
      {
        title: "the default group",
        resources: withoutGroups,
        found: ["orders: The database wears the default group, which may dial everywhere"],
      },
    ],
    unknown: [
      {
        title: "inline rules as a whole, which may be none",
        resources: [
          ...THINGS,
          ...others("database-group"),
          group("database-group", { egress: UNKNOWN }, { egress: ["vpc"] }),
        ],
        open: ["egress of database-group"],
      },
    ],
  },
];
