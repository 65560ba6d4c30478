import assert from "node:assert/strict";
import { RULES } from "../../../policies/pack";
import type { Rule } from "../../../policies/rule";
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
import { runRule, runStackRule } from "./run-rule";

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

  it("has samples of each rule that pass and that fail, so that a rule turned round is seen too, and that stay open", () => {
    const without = (kind: "ok" | "bad" | "unknown"): string[] => {
      const tables = [...CASES, ...STACKS].filter((table) => table[kind].length > 0);
      const rules = new Set(["vpce-required", ...tables.map(({ rule }) => rule.id)]);
      return RULES.map(({ id }) => id).filter((id) => !rules.has(id));
    };
    // A key or user of IAM is wrong by being there; whether something is protected is always known.
    assert.deepEqual(without("ok"), ["iam-no-access-keys"]);
    assert.deepEqual(without("bad"), []);
    assert.deepEqual(without("unknown"), ["iam-no-access-keys", "prod-protect"]);
  });
});
