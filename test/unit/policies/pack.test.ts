import assert from "node:assert/strict";
import { RULES } from "../../../policies/pack";
import type { Rule } from "../../../policies/rule";
import { Platform } from "../../../infra/platform";
import { platformArgs, record, settled } from "../infra/recorded";
import { BASTION_CASES } from "./cases/bastion";
import { LOGS_CASES } from "./cases/logs";
import { RDS_CASES } from "./cases/rds";
import { SESSION_MANAGER_CASES } from "./cases/session-manager";
import { SG_NO_WORLD_CASES } from "./cases/sg-no-world";
import { SSO_CONNECT_SCOPED_CASES } from "./cases/sso-connect-scoped";
import { SSO_STARTSESSION_SCOPED_CASES } from "./cases/sso-startsession-scoped";
import { VPCE_BAD } from "./cases/vpce-required";
import { runRule, runStackRule, type Sample } from "./run-rule";

const CASES = [
  ...RDS_CASES,
  ...BASTION_CASES,
  ...SESSION_MANAGER_CASES,
  ...LOGS_CASES,
  SG_NO_WORLD_CASES,
  SSO_CONNECT_SCOPED_CASES,
  SSO_STARTSESSION_SCOPED_CASES,
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

  it("our own platform has no violation, and nothing that stays open once values are known", async () => {
    const { recording, result } = await record(() => new Platform("platform", platformArgs()));
    await settled(result.outputs);
    const vpcOf = (type: string, inputs: Record<string, unknown>): Sample["from"] => {
      if (type === "aws:ec2/instance:Instance") return { subnetId: [named("Subnet", inputs["subnetId"])] };
      return "vpcId" in inputs ? { vpcId: [named("Vpc", inputs["vpcId"])] } : {};
    };
    const named = (kind: string, id: unknown): string => `${kind} ${String(id).replace(/-id$/, "")}`;
    const samples = recording.resources.map(({ type, name, inputs }) => ({
      type,
      name: `${type.split(":").at(-1) ?? type} ${name}`,
      props: inputs,
      from: vpcOf(type, inputs) ?? {},
    }));
    const looked = new Set<string>();
    for (const rule of RULES) {
      const said =
        "types" in rule
          ? samples.filter(({ type }) => rule.types.includes(type)).map(({ type, props }) => runRule(rule, props, type))
          : [runStackRule(rule, samples)];
      for (const each of said) assert.deepEqual(each, { violations: [], undecided: "", passed: true }, rule.id);
      if (said.length > 0) looked.add(rule.id);
    }
    assert.deepEqual(
      RULES.map(({ id }) => id).filter((id) => !looked.has(id)),
      ["net-lt-no-public-ip", "logs-retention"],
    );
    assert.equal(
      runStackRule(
        RULES.find(({ id }) => id === "vpce-required") as never,
        samples.filter(({ name }) => !name.includes("endpoint-ssmmessages")),
      ).violations.length,
      1,
    );
  });
});
