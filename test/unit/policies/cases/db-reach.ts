import { dbReachOnlyBastion } from "../../../../policies/security-groups/db-reach";
import { UNKNOWN } from "../run-rule";
import {
  BASTION_SERVER,
  GOOD,
  group,
  GROUPS,
  INGRESS_RULE,
  INSTANCE,
  NET,
  RULE,
  rule,
  ruleWith,
  THINGS,
  wears,
} from "./access-path";
import type { StackSample } from "./estate";
import type { StackRuleCases } from "./stack-rule-cases";

const LAMBDA = "aws:lambda/function:Function";
const CARD = "aws:ec2/networkInterface:NetworkInterface";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const CLUSTER = "aws:rds/cluster:Cluster";
const app = [group("app"), rule(INGRESS_RULE, "app-rule", "database-group", "app", 5432)];
/** A database without groups, in the VPC. */
const bare: StackSample[] = [
  ...NET,
  { type: "aws:rds/subnetGroup:SubnetGroup", name: "subnet-group", props: {}, from: { subnetIds: ["data"] } },
  {
    type: CLUSTER,
    name: "orders",
    props: { engine: "aurora-postgresql" },
    from: { dbSubnetGroupName: ["subnet-group"] },
  },
];

export const DB_REACH_CASES: StackRuleCases = {
  rule: dbReachOnlyBastion,
  ok: [
    { title: "a good estate, before any id is known", resources: GOOD },
    { title: "no database", resources: [BASTION_SERVER, ...GROUPS] },
    {
      title: "others in groups that no database admits",
      resources: [...GOOD, group("web"), wears(INSTANCE, "web-server", "vpcSecurityGroupIds", "web")],
    },
    { title: "an admitted group that nobody wears", resources: [...GOOD, ...app] },
    {
      title: "an application that the setting names",
      resources: [...GOOD, ...app, wears(INSTANCE, "server", "vpcSecurityGroupIds", "app")],
      settings: { clients: ["app"] },
    },
    {
      title: "another port than the database's",
      resources: [
        ...GOOD,
        group("ops"),
        wears(INSTANCE, "server", "vpcSecurityGroupIds", "ops"),
        rule(INGRESS_RULE, "ops-rule", "database-group", "ops", 22),
      ],
    },
    {
      title: "bastions that are started from a template",
      resources: [
        ...THINGS.filter(({ name }) => name !== "bastion"),
        ...GOOD.filter(({ type }) => /securityGroup/i.test(type)),
        wears(TEMPLATE, "template", "vpcSecurityGroupIds", "bastion-group"),
        wears("aws:autoscaling/group:Group", "bastions", "launchTemplate", "template"),
      ],
    },
    {
      title: "what only writes the group's id down",
      resources: [...GOOD, wears("aws:ssm/parameter:Parameter", "note", "value", "bastion-group")],
    },
    { title: "a database in the default group, alone", resources: bare },
  ],
  bad: [
    {
      title: "something else in the bastion's group",
      resources: [...GOOD, wears(LAMBDA, "job", "vpcConfig", "bastion-group")],
      found: ["job: vpcConfig names a group that a database admits"],
    },
    {
      title: "an application's group that a rule resource admits",
      resources: [...GOOD, ...app, wears(INSTANCE, "server", "vpcSecurityGroupIds", "app")],
      found: ["server: vpcSecurityGroupIds names a group that a database admits"],
    },
    {
      title: "an older rule that admits a group, on every port",
      resources: [
        ...GOOD,
        group("app"),
        {
          type: RULE,
          name: "old",
          props: { type: "ingress", protocol: "-1", securityGroupId: UNKNOWN, sourceSecurityGroupId: UNKNOWN },
          from: { securityGroupId: ["database-group"], sourceSecurityGroupId: ["app"] },
        },
        wears("aws:ecs/service:Service", "service", "networkConfiguration", "app"),
      ],
      found: ["service: networkConfiguration names a group that a database admits"],
    },
    {
      title: "an inline rule that admits a group",
      resources: [
        ...THINGS,
        ...GROUPS.filter(({ name }) => name !== "database-group"),
        group("app"),
        group(
          "database-group",
          { ingress: [{ protocol: "tcp", fromPort: 0, toPort: 65535, securityGroups: [UNKNOWN] }] },
          { ingress: ["app"] },
        ),
        wears(INSTANCE, "server", "vpcSecurityGroupIds", "app"),
      ],
      found: ["server: vpcSecurityGroupIds names a group that a database admits"],
    },
    {
      title: "the database's own group, which admits itself and is worn by another",
      resources: [
        ...GOOD,
        ruleWith(INGRESS_RULE, "self", "database-group", { self: true }),
        wears(LAMBDA, "job", "vpcConfig", "database-group"),
      ],
      found: ["job: vpcConfig names a group that a database admits"],
    },
    {
      title: "an address block",
      resources: [...GOOD, ruleWith(INGRESS_RULE, "wide", "database-group", { cidrIpv4: "10.0.0.0/8" })],
      found: ["wide: cidrIpv4 admits addresses, whatever stands there"],
    },
    {
      title: "a server by its network interface, and one by a group that is put on it",
      resources: [
        ...GOOD,
        ...app,
        wears(CARD, "card", "securityGroups", "app"),
        wears(INSTANCE, "server", "primaryNetworkInterface", "card"),
        { type: INSTANCE, name: "late", props: {} },
        {
          type: "aws:ec2/networkInterfaceSecurityGroupAttachment:NetworkInterfaceSecurityGroupAttachment",
          name: "sticker",
          props: {},
          from: { securityGroupId: ["app"], networkInterfaceId: ["late"] },
        },
      ],
      found: [
        "server: primaryNetworkInterface names a group that a database admits",
        "late: securityGroupId names a group that a database admits",
      ],
    },
    {
      title: "servers by a template that bastions are started from, too",
      resources: [
        ...THINGS.filter(({ name }) => name !== "bastion"),
        ...GOOD.filter(({ type }) => /securityGroup/i.test(type)),
        wears(TEMPLATE, "template", "vpcSecurityGroupIds", "bastion-group"),
        wears("aws:autoscaling/group:Group", "bastions", "launchTemplate", "template"),
        wears("aws:autoscaling/group:Group", "web", "launchTemplate", "template"),
      ],
      found: ["web: launchTemplate names a group that a database admits"],
    },
    {
      title: "a template that nobody uses yet",
      resources: [...GOOD, wears(TEMPLATE, "template", "vpcSecurityGroupIds", "bastion-group")],
      found: ["template: vpcSecurityGroupIds names a group that a database admits"],
    },
    {
      title: "the default group, worn by a database and, unsaid, by a server",
      resources: [...bare, { type: INSTANCE, name: "server", props: {}, from: { subnetId: ["access"] } }],
      found: ["server: It wears the default group, which a database admits"],
    },
    {
      title: "the default group, which a function names by the VPC's output",
      resources: [...bare, wears(LAMBDA, "job", "vpcConfig", "vpc")],
      found: ["job: vpcConfig names a group that a database admits"],
    },
    {
      title: "by ids, when they are known",
      resources: [
        { type: CLUSTER, name: "orders", props: { port: 5432, vpcSecurityGroupIds: ["sg-1"] } },
        { type: "aws:ec2/securityGroup:SecurityGroup", name: "data", props: { id: "sg-1" } },
        { type: "aws:ec2/securityGroup:SecurityGroup", name: "app", props: { id: "sg-2" } },
        {
          type: INGRESS_RULE,
          name: "rule",
          props: {
            securityGroupId: "sg-1",
            referencedSecurityGroupId: "sg-2",
            ipProtocol: "tcp",
            fromPort: 5432,
            toPort: 5432,
          },
        },
        { type: LAMBDA, name: "job", props: { vpcConfig: { securityGroupIds: ["sg-2"] } } },
        { type: LAMBDA, name: "other", props: { vpcConfig: { securityGroupIds: ["sg-3"] } } },
      ],
      found: ["job: vpcConfig names a group that a database admits"],
    },
  ],
  unknown: [
    {
      title: "a group from elsewhere: who wears it is not known, but who names it is",
      resources: [
        ...GOOD,
        ruleWith(INGRESS_RULE, "foreign", "database-group", { referencedSecurityGroupId: "sg-9" }),
        { type: LAMBDA, name: "job", props: { vpcConfig: { securityGroupIds: ["sg-9"] } } },
      ],
      open: ["who wears a group that foreign names"],
      found: ["job: vpcConfig names a group that a database admits"],
    },
    {
      title: "a peer that comes from nowhere known",
      resources: [
        ...GOOD,
        {
          ...ruleWith(INGRESS_RULE, "rule", "database-group", { referencedSecurityGroupId: UNKNOWN }),
          from: { securityGroupId: ["database-group"], referencedSecurityGroupId: [] },
        },
      ],
      open: ["referencedSecurityGroupId of rule"],
    },
    {
      title: "the port of a rule",
      resources: [...GOOD, rule(INGRESS_RULE, "rule", "database-group", "bastion-group", UNKNOWN)],
      open: ["ports of rule"],
    },
    {
      title: "groups of the database",
      resources: [
        {
          type: CLUSTER,
          name: "orders",
          props: { port: 1, vpcSecurityGroupIds: UNKNOWN },
          from: { vpcSecurityGroupIds: [] },
        },
      ],
      open: ["groups of orders"],
    },
  ],
};
