import { prodProtect } from "../../../../policies/stack/prod-protect";
import { stackSecrets } from "../../../../policies/stack/stack-secrets";
import { tagsRequired } from "../../../../policies/stack/tags-required";
import { UNKNOWN } from "../run-rule";
import type { StackSample } from "./estate";
import type { RuleCases } from "./rule-cases";
import type { StackRuleCases } from "./stack-rule-cases";

type Values = Record<string, unknown>;

const outputs = (props: Values): StackSample => ({ type: "pulumi:pulumi:Stack", name: "dev", props });
const like = (path: string): string => `dev: ${path} is named like a secret, and is not its ARN`;
const CLUSTER: StackSample = { type: "aws:rds/cluster:Cluster", name: "orders", props: {} };
const keys = ["owner", "environment"];

export const STACK_CASES: readonly RuleCases[] = [
  {
    rule: tagsRequired,
    ok: [
      { title: "all of them", props: { tags: { owner: "a", environment: "b", Name: "c" } }, settings: { keys } },
      { title: "none are asked for", props: {}, settings: { keys: [] } },
    ],
    bad: [
      { title: "none", props: {}, settings: { keys }, found: ["tags lacks owner", "tags lacks environment"] },
      {
        title: "one of them, in other letters and empty",
        type: "aws:rds/cluster:Cluster",
        props: { tags: { Owner: "a", environment: "" } },
        settings: { keys },
        found: ["tags lacks owner", "tags lacks environment"],
      },
    ],
    unknown: [
      { title: "the tags", props: { tags: UNKNOWN }, settings: { keys }, open: ["tags"] },
      {
        title: "one tag: the other is decided",
        props: { tags: { owner: UNKNOWN } },
        settings: { keys },
        open: ["tags.owner"],
        found: ["tags lacks environment"],
      },
    ],
  },
];

export const STACK_STACK_CASES: readonly StackRuleCases[] = [
  {
    rule: stackSecrets,
    ok: [
      { title: "no outputs", resources: [outputs({})] },
      {
        title: "the ARN of a secret",
        resources: [outputs({ masterPassword: "arn:aws:secretsmanager:x", secretArn: "y" })],
      },
      {
        title: "what is about a secret",
        resources: [outputs({ tokenUrl: "https://a", passwordLength: "20", tokenTtlSeconds: 900 })],
      },
      { title: "an empty one", resources: [outputs({ password: "" })] },
      { title: "other resources", resources: [{ ...CLUSTER, props: { masterPassword: "hunter2" } }] },
    ],
    bad: [
      { title: "a password", resources: [outputs({ dbPassword: "hunter2" })], found: [like("dbPassword")] },
      {
        title: "a token, in other letters",
        resources: [outputs({ API_TOKEN: "hunter2" })],
        found: [like("API_TOKEN")],
      },
      {
        title: "deep inside",
        resources: [outputs({ clusters: [{ a: 1 }, { master: { password: "hunter2" } }] })],
        found: [like("clusters.1.master.password")],
      },
      {
        title: "a key, and what only ends alike",
        resources: [outputs({ privateKey: "hunter2", tokenValid: "hunter2" })],
        found: [like("privateKey"), like("tokenValid")],
      },
      { title: "a list of them", resources: [outputs({ tokens: ["hunter2"] })], found: [like("tokens.0")] },
    ],
    unknown: [
      {
        title: "one output: the other is decided",
        resources: [outputs({ first: UNKNOWN, password: "hunter2" })],
        open: ["first"],
        found: [like("password")],
      },
    ],
  },
  {
    rule: prodProtect,
    ok: [
      { title: "protected", resources: [{ ...CLUSTER, protect: true }], settings: { production: true } },
      {
        title: "what can be made again",
        resources: [{ ...CLUSTER, type: "aws:ec2/instance:Instance" }],
        settings: { production: true },
      },
    ],
    bad: [
      {
        title: "a cluster",
        resources: [CLUSTER],
        settings: { production: true },
        found: ["orders: protect is not on"],
      },
      {
        title: "a trail and a log",
        resources: [
          { ...CLUSTER, type: "aws:cloudtrail/trail:Trail", name: "trail" },
          { ...CLUSTER, type: "aws:cloudwatch/logGroup:LogGroup", name: "log" },
        ],
        settings: { production: true },
        found: ["trail: protect is not on", "log: protect is not on"],
      },
    ],
    unknown: [],
    notApplicable: [{ title: "a stack that is not for production", resources: [CLUSTER] }],
  },
];
