import assert from "node:assert/strict";
import { parseEnvironmentConfig, type Environment } from "../../../infra/contract/environment-config";
import { Platform, type PlatformArgs } from "../../../infra/platform";
import { RULES } from "../../../policies/pack";
import type { StackRule } from "../../../policies/rule";
import { accessOf, DEV_TEXT, valueOf } from "../infra/contract/sample";
import { platformArgs } from "../infra/recorded";
import { gateConfiguration, platformSamples, saidOf } from "./platform-samples";
import { runStackRule } from "./run-rule";

/** What the pack would have us consider on our own platform: none of them opens a door. */
const ADVISORIES = ["trail-required", "db-alarm"];

/** The same in the pack's order, with those of one mode. */
function advisories(...more: string[]): string[] {
  return RULES.map(({ id }) => id).filter((id) => ADVISORIES.includes(id) || more.includes(id));
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
  ["as committed", () => platformArgs(), advisories("sso-assign-group")],
  ["two protected clusters in three zones", () => platformArgs(accessOf(), LARGE), advisories("sso-assign-group")],
  ["in another partition", () => platformArgs(accessOf(), CHINA), advisories("sso-assign-group")],
  ["for groups only", () => platformArgs(GROUPS), advisories()],
];

describe("the pack on our own platform", () => {
  for (const [mode, args, advisories] of MODES) {
    it(`${mode}: nothing mandatory, nothing open once values are known, and no advisory but the known ones`, async () => {
      const given = args();
      const samples = await platformSamples(() => new Platform("platform", given));
      const spoke = new Set<string>();
      for (const rule of RULES) {
        for (const { violations, undecided } of saidOf(rule, samples, gateConfiguration(given))) {
          assert.equal(undecided, "", rule.id);
          if (rule.level === "mandatory") assert.deepEqual(violations, [], rule.id);
          if (violations.length > 0) spoke.add(rule.id);
        }
      }
      assert.deepEqual([...spoke], advisories);
    });
  }

  it("says which rules found nothing of their kind, and which want a setting", async () => {
    const samples = await platformSamples(() => new Platform("platform", platformArgs()));
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
    const samples = await platformSamples(() => new Platform("platform", platformArgs()));
    const rule = RULES.find(({ id }) => id === "vpce-required") as StackRule;
    const { violations } = runStackRule(
      rule,
      samples.filter(({ name }) => !name.includes("endpoint-ssmmessages")),
    );
    assert.equal(violations.length, 1);
  });
});
