import { sgEndpointIngress } from "../../../../policies/security-groups/endpoint-traffic";
import { sgNoInlineMix } from "../../../../policies/security-groups/inline-mix";
import { UNKNOWN } from "../run-rule";
import { ENDPOINTS, GOOD, group, GROUPS, INGRESS_RULE, NET, RULE, rule, ruleWith, THINGS } from "./access-path";
import type { StackSample } from "./estate";
import type { StackRuleCases } from "./stack-rule-cases";

const HTTPS = { fromPort: 443, toPort: 443 };
const SSH = { protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["10.0.0.0/8"] };
const answer = (port: number): Record<string, unknown> => ({ protocol: "tcp", fromPort: port, toPort: port });
/** What AWS tells of the groups of a good estate. */
const ANSWERED: Readonly<Record<string, Record<string, unknown>>> = {
  "bastion-group": { ingress: [], egress: [answer(443), answer(5432)] },
  "endpoint-group": { ingress: [answer(443)], egress: [] },
  "database-group": { ingress: [answer(5432)], egress: [] },
};
const bare: StackSample[] = [
  ...NET,
  ...ENDPOINTS.map((each) => ({
    ...each,
    props: { ...each.props, securityGroupIds: UNKNOWN },
    from: { vpcId: ["vpc"] },
  })),
];

export const GROUP_HYGIENE_CASES: readonly StackRuleCases[] = [
  {
    rule: sgEndpointIngress,
    ok: [
      { title: "a good estate, before any id is known", resources: GOOD },
      { title: "no endpoint", resources: GROUPS },
      {
        title: "an endpoint of another service",
        resources: [
          ...NET,
          ...ENDPOINTS.map((each) => ({
            ...each,
            props: { ...each.props, serviceName: "com.amazonaws.eu-west-2.kms" },
          })),
          group("endpoint-group"),
          ruleWith(INGRESS_RULE, "wide", "endpoint-group", { ...HTTPS, cidrIpv4: "10.0.0.0/8" }),
        ],
      },
      {
        title: "others that the setting names",
        resources: [...GOOD, group("build"), rule(INGRESS_RULE, "build-rule", "endpoint-group", "build", 443)],
        settings: { clients: ["build"] },
      },
    ],
    bad: [
      {
        title: "an address block",
        resources: [...GOOD, ruleWith(INGRESS_RULE, "wide", "endpoint-group", { ...HTTPS, cidrIpv4: "0.0.0.0/0" })],
        found: ["wide: cidrIpv4 admits more than the bastion's group"],
      },
      {
        title: "another group",
        resources: [...GOOD, group("build"), rule(INGRESS_RULE, "build-rule", "endpoint-group", "build", 443)],
        found: ["build-rule: referencedSecurityGroupId admits more than the bastion's group"],
      },
      {
        title: "an older rule on every port",
        resources: [
          ...GOOD,
          {
            type: RULE,
            name: "old",
            props: { type: "ingress", protocol: "tcp", fromPort: 0, toPort: 65535, sourceSecurityGroupId: UNKNOWN },
            from: { securityGroupId: ["endpoint-group"], sourceSecurityGroupId: ["bastion-group"] },
          },
        ],
        found: ["old: The rule opens more than tcp port 443"],
      },
      {
        title: "inline",
        resources: [
          ...THINGS,
          ...GROUPS.filter(({ name }) => name !== "endpoint-group"),
          group("endpoint-group", { ingress: [{ protocol: "-1", cidrBlocks: ["10.0.0.0/8"] }] }, { ingress: [] }),
        ],
        found: [
          "endpoint-group: ingress[0].cidrBlocks admits more than the bastion's group",
          "endpoint-group: ingress[0] opens more than tcp port 443",
        ],
      },
      {
        title: "endpoints that name no group",
        resources: bare,
        found: ["endpoint-ssm: The endpoint wears the default group, which admits its members"],
      },
      {
        title: "a group that is put on the endpoint afterwards",
        resources: [
          ...GOOD,
          group("late"),
          {
            type: "aws:ec2/securityGroupAssociation:SecurityGroupAssociation",
            name: "sticker",
            props: {},
            from: { securityGroupId: ["late"], vpcEndpointId: ["endpoint-ssm"] },
          },
          ruleWith(INGRESS_RULE, "wide", "late", { ...HTTPS, cidrIpv4: "10.0.0.0/8" }),
        ],
        found: ["wide: cidrIpv4 admits more than the bastion's group"],
      },
    ],
    unknown: [
      {
        title: "a block",
        resources: [
          ...GOOD,
          {
            ...ruleWith(INGRESS_RULE, "wide", "endpoint-group", { ...HTTPS, cidrIpv4: UNKNOWN }),
            from: { securityGroupId: ["endpoint-group"], cidrIpv4: [] },
          },
        ],
        open: ["cidrIpv4 of wide"],
      },
      {
        title: "the port",
        resources: [...GOOD, rule(INGRESS_RULE, "again", "endpoint-group", "bastion-group", UNKNOWN)],
        open: ["ports of again"],
      },
      {
        title: "the service",
        resources: [{ type: "aws:ec2/vpcEndpoint:VpcEndpoint", name: "it", props: { serviceName: UNKNOWN } }],
        open: ["serviceName"],
      },
    ],
  },
  {
    rule: sgNoInlineMix,
    ok: [
      { title: "a good estate: AWS tells the rules again, which nobody wrote inline", resources: GOOD },
      {
        title: "after the first run, when AWS has answered with them",
        resources: GOOD.map((each) => ({ ...each, props: { ...each.props, ...ANSWERED[each.name] } })),
      },
      { title: "inline only", resources: [group("web", { ingress: [SSH] })] },
      {
        title: "none inline, written so, beside a rule",
        resources: [group("web", { ingress: [] }), ruleWith(INGRESS_RULE, "rule", "web", HTTPS)],
      },
    ],
    bad: [
      {
        title: "both",
        resources: [
          group("web", { ingress: [SSH], egress: [{ protocol: "-1", fromPort: 0, toPort: 0 }] }),
          ruleWith(INGRESS_RULE, "rule", "web", HTTPS),
          ruleWith(RULE, "old", "web", { type: "egress", protocol: "tcp", ...HTTPS }),
        ],
        found: [
          "web: ingress stands beside rules that are resources",
          "web: egress stands beside rules that are resources",
        ],
      },
      {
        title: "an inline list that is not known, but comes from another group",
        resources: [
          group("app"),
          group("web", { ingress: UNKNOWN }, { ingress: ["app"] }),
          ruleWith(INGRESS_RULE, "rule", "web", HTTPS),
        ],
        found: ["web: ingress stands beside rules that are resources"],
      },
      {
        title: "a rule of a default group that the program keeps",
        resources: [
          {
            type: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
            name: "default",
            props: { vpcId: UNKNOWN },
            from: { vpcId: ["vpc"] },
          },
          ...NET,
          { type: INGRESS_RULE, name: "rule", props: { securityGroupId: UNKNOWN }, from: { securityGroupId: ["vpc"] } },
        ],
        found: ["default: The default group's own list takes every rule resource away"],
      },
    ],
    unknown: [
      {
        title: "the ports of the rule, which may be the one that AWS tells",
        resources: [
          group("app"),
          group("web", { ingress: [SSH] }),
          {
            ...ruleWith(INGRESS_RULE, "rule", "web", { fromPort: UNKNOWN, toPort: UNKNOWN }),
            from: { securityGroupId: ["web"], fromPort: ["app"], toPort: ["app"] },
          },
        ],
        open: ["ports of rule"],
      },
    ],
  },
];
