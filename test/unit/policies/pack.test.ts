import assert from "node:assert/strict";
import { RULES } from "../../../policies/pack";
import type { Rule, Settings, StackRule } from "../../../policies/rule";
import { Platform, type PlatformArgs } from "../../../infra/platform";
import { parseEnvironmentConfig, type Environment } from "../../../infra/contract/environment-config";
import { expectedReach } from "../../../infra/contract/expected-reach";
import { accessOf, DEV_TEXT, valueOf } from "../infra/contract/sample";
import { platformArgs, record, settled } from "../infra/recorded";
import { AUDIT_CASES } from "./cases/audit";
import { AUDIT_STACK_CASES } from "./cases/audit-stack";
import { BASTION_CASES } from "./cases/bastion";
import { BASTION_TRAFFIC_CASES } from "./cases/bastion-traffic";
import { DATABASE_CASES } from "./cases/database";
import { DATABASE_STACK_CASES } from "./cases/database-stack";
import { DATABASE_TRAFFIC_CASES } from "./cases/database-traffic";
import { DB_REACH_CASES } from "./cases/db-reach";
import { ENDPOINT_CASES } from "./cases/endpoints";
import { GROUP_HYGIENE_CASES } from "./cases/group-hygiene";
import { IAM_CASES } from "./cases/iam";
import { IAM_STACK_CASES } from "./cases/iam-stack";
import { IDENTITY_CENTER_CASES } from "./cases/identity-center";
import { IDENTITY_CENTER_STACK_CASES } from "./cases/identity-center-stack";
import { INSTANCE_CASES } from "./cases/instances";
import { NETWORK_CASES } from "./cases/network";
import { ROUTE_CASES } from "./cases/routes";
import { SESSION_MANAGER_CASES } from "./cases/session-manager";
import { SESSION_MANAGER_STACK_CASES } from "./cases/session-manager-stack";
import { SG_NO_WORLD_CASES } from "./cases/sg-no-world";
import { SSM_DOC_PRIVATE_CASES } from "./cases/ssm-doc-private";
import { STACK_CASES, STACK_STACK_CASES } from "./cases/stack";
import { VPCE_POLICY_CASES } from "./cases/vpce-policy";
import { VPCE_BAD } from "./cases/vpce-required";
import { runRule, runStackRule, type Said, type Sample } from "./run-rule";

const CASES = [
  SG_NO_WORLD_CASES,
  ...ENDPOINT_CASES,
  ...BASTION_CASES,
  ...INSTANCE_CASES,
  ...DATABASE_CASES,
  ...SESSION_MANAGER_CASES,
  ...SSM_DOC_PRIVATE_CASES,
  ...IAM_CASES,
  ...IDENTITY_CENTER_CASES,
  ...AUDIT_CASES,
  ...STACK_CASES,
];

const STACKS = [
  ...NETWORK_CASES,
  ...ROUTE_CASES,
  DB_REACH_CASES,
  ...DATABASE_TRAFFIC_CASES,
  ...BASTION_TRAFFIC_CASES,
  ...GROUP_HYGIENE_CASES,
  VPCE_POLICY_CASES,
  ...DATABASE_STACK_CASES,
  ...SESSION_MANAGER_STACK_CASES,
  ...IAM_STACK_CASES,
  ...IDENTITY_CENTER_STACK_CASES,
  ...AUDIT_STACK_CASES,
  ...STACK_STACK_CASES,
];

/** Everything bad that the tests know, by the rule that names it. */
const BAD: readonly { readonly id: string; readonly title: string; readonly violations: (rule: Rule) => string[] }[] = [
  ...CASES.flatMap(({ rule: { id, types }, bad }) =>
    bad.map(({ title, props, type = types[0], settings }) => ({
      id,
      title,
      violations: (rule: Rule) => ("types" in rule ? runRule(rule, props, type, settings).violations : []),
    })),
  ),
  ...STACKS.flatMap(({ rule: { id }, bad }) =>
    bad.map(({ title, resources, settings }) => ({
      id,
      title,
      violations: (rule: Rule) => ("checkStack" in rule ? runStackRule(rule, resources, settings).violations : []),
    })),
  ),
  ...VPCE_BAD.map(({ title, resources }) => ({
    id: "vpce-required",
    title,
    violations: (rule: Rule) => ("checkStack" in rule ? runStackRule(rule, resources).violations : []),
  })),
];

/** What the pack would have us consider on our own platform: none of them opens a door. */
const ADVISORIES = ["trail-required", "db-alarm"];

/** The same in the pack's order, with those of one mode. */
function advisories(...more: string[]): string[] {
  return RULES.map(({ id }) => id).filter((id) => ADVISORIES.includes(id) || more.includes(id));
}

/** What the runner tells the rules of the access files. */
function settingsFor(rule: Rule, { access, environment: { name }, roles }: PlatformArgs): Settings {
  const { attributeKey } = access.identity;
  if (rule.id === "sso-expected-reach")
    return { expectedReach: expectedReach({ estate: access.estate, env: name, attributeKey, roles }) };
  return {};
}

const environment = (change: (text: string) => string): Environment => ({
  name: "dev",
  config: valueOf(parseEnvironmentConfig(change(DEV_TEXT))),
});

/** Two clusters, three zones, always on, protected. */
const LARGE = environment((text) =>
  text
    .replace("zones: 2", "zones: 3")
    .replace("deletionProtection: false", "deletionProtection: true")
    .replace("{ min: 0, max: 4, pauseAfter: 30m }", "{ min: 2, max: 16 }")
    .concat(
      '    ledger:\n      engine: aurora-postgresql\n      version: "17"\n      databases:\n        books: { owner: books_owner }\n',
    ),
);
const CHINA = environment((text) => text.replace("eu-west-2", "cn-north-1"));
const GROUPS = accessOf('{ reader: { on: { "*/*": readonly } } }', "[{ group: Analysts, roles: [reader] }]");

/** Ways to run the platform, and the advisories that each leaves. */
const MODES: readonly [string, () => PlatformArgs, readonly string[]][] = [
  ["as committed", () => platformArgs(), advisories("rds-deletion-protection", "sso-assign-group")],
  ["two protected clusters in three zones", () => platformArgs(accessOf(), LARGE), advisories("sso-assign-group")],
  [
    "in another partition",
    () => platformArgs(accessOf(), CHINA),
    advisories("rds-deletion-protection", "sso-assign-group"),
  ],
  ["for groups only", () => platformArgs(GROUPS), advisories("rds-deletion-protection")],
];

type Named = Sample & { type: string; name: string };

/** The platform's resources as they are when everything was made. */
async function platformSamples(args: PlatformArgs): Promise<Named[]> {
  const { recording, result } = await record(() => new Platform("platform", args));
  await settled(result.outputs);
  return recording.resources.map(({ type, name, inputs, from }) => ({
    type,
    name: `${type} ${name}`,
    props: { ...inputs, ...recording.outputs.get(`${type} ${name}`) },
    from,
  }));
}

/** What a rule says of each resource of its kind, or of the stack. */
function saidOf(rule: Rule, samples: readonly Named[], settings: Settings = {}): Said[] {
  if (!("types" in rule)) return [runStackRule(rule, samples, settings)];
  return samples
    .filter(({ type }) => rule.types.includes(type))
    .map(({ type, props }) => runRule(rule, props, type, settings));
}

/** Bad samples that these rules let pass in every word that the sample's own rule would say. */
const unreported = (rules: readonly Rule[]): string[] =>
  BAD.filter(({ id, violations }) => !rules.some((rule) => rule.id === id && violations(rule).length > 0)).map(
    ({ id, title }) => `${id}: ${title}`,
  );

describe("the pack", () => {
  it("names every bad sample", () => assert.deepEqual(unreported(RULES), []));

  for (const { id } of RULES) {
    it(`without ${id}, all bad samples of that rule go unreported, and no others`, () => {
      const silent = unreported(RULES.filter((rule) => rule.id !== id));
      assert.ok(silent.length > 0);
      assert.deepEqual(
        silent.filter((each) => !each.startsWith(`${id}: `)),
        [],
      );
      assert.equal(silent.length, BAD.filter((each) => each.id === id).length);
    });
  }

  it("has no two rules of one name, and each says what, why, how to fix and what speaks of the same", () => {
    assert.equal(new Set(RULES.map(({ id }) => id)).size, RULES.length);
    for (const { id, title, why, fix, references } of RULES) {
      assert.match(id, /^[a-z0-9]+(-[a-z0-9]+)+$/);
      for (const sentence of [title, why, fix]) assert.match(sentence, /[^.\s]$/, id);
      assert.ok(references.length > 0, id);
    }
  });

  it("prints no value of a resource", () => {
    const printed = BAD.flatMap(({ violations }) => RULES.flatMap(violations));
    assert.equal(
      printed.some((message) => message.includes("hunter2")),
      false,
    );
  });

  describe("on our own platform, in each of its modes", () => {
    for (const [mode, args, advisories] of MODES) {
      it(`${mode}: nothing mandatory, nothing open once values are known, and no advisory but the known ones`, async () => {
        const given = args();
        const samples = await platformSamples(given);
        const spoke = new Set<string>();
        for (const rule of RULES) {
          for (const { violations, undecided } of saidOf(rule, samples, settingsFor(rule, given))) {
            assert.equal(undecided, "", rule.id);
            if (rule.level === "mandatory") assert.deepEqual(violations, [], rule.id);
            if (violations.length > 0) spoke.add(rule.id);
          }
        }
        assert.deepEqual([...spoke], advisories);
      });
    }

    it("says which rules found nothing of their kind, and which want a setting", async () => {
      const samples = await platformSamples(platformArgs());
      const silent = RULES.filter((rule) => saidOf(rule, samples).length === 0).map(({ id }) => id);
      assert.deepEqual(silent, [
        "net-lt-no-public-ip",
        "rds-proxy-tls",
        "iam-no-access-keys",
        "sso-no-managed-admin",
        "kms-rotation",
      ]);
      const unset = RULES.filter((rule) =>
        saidOf(rule, samples).some(({ violations, passed }) => !passed && violations.length === 0),
      );
      assert.deepEqual(
        unset.map(({ id }) => id),
        ["rds-multi-az", "sso-expected-reach", "prod-protect", "tags-required"],
      );
    });

    it("misses an endpoint that is taken out", async () => {
      const samples = await platformSamples(platformArgs());
      const rule = RULES.find(({ id }) => id === "vpce-required") as StackRule;
      const { violations } = runStackRule(
        rule,
        samples.filter(({ name }) => !name.includes("endpoint-ssmmessages")),
      );
      assert.equal(violations.length, 1);
    });
  });
});
