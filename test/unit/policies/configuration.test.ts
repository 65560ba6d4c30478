import assert from "node:assert/strict";
import { readConfiguration } from "../../../policies/configuration";
import { RULES } from "../../../policies/pack";
import type { ResourceRule, Rule } from "../../../policies/rule";

const TEXTS = {
  title: "t",
  why: "w",
  severity: "low",
  references: [],
  fix: "f",
  types: ["t"],
  check: () => undefined,
} as const;
const rule = (id: string, more: Partial<ResourceRule> = {}): Rule => ({ ...TEXTS, id, level: "advisory", ...more });

const RULE_SET = [
  rule("rds-backups", {
    level: "mandatory",
    parameters: {
      minimumDays: { type: "integer", default: 7, about: "" },
      production: { type: "boolean", about: "" },
      names: { type: "strings", about: "" },
      prefix: { type: "string", about: "" },
      reach: { type: "object", about: "" },
    },
  }),
  rule("net-no-nat"),
];
const EXEMPTION = { resource: "scratch", reason: "nothing to keep", until: "2027-01-31" };

function read(value: unknown): unknown {
  const result = readConfiguration(RULE_SET, value);
  return result.ok
    ? Object.fromEntries(result.value)
    : result.problems.map(({ path, seen, expected }) => `${path}: ${seen} | ${expected}`);
}

describe("readConfiguration", () => {
  it("leaves every rule at its own level where nothing is said", () => {
    const nothing = { settings: {}, exemptions: [] };
    assert.deepEqual(read({}), {
      "rds-backups": { level: "mandatory", ...nothing },
      "net-no-nat": { level: "advisory", ...nothing },
    });
  });

  it("takes a level, or an object with level, settings and exemptions", () => {
    const settings = { minimumDays: 14, production: true, names: ["a"], prefix: "p", reach: { a: 1 } };
    assert.deepEqual(
      read({
        "rds-backups": { enforcementLevel: "advisory", exemptions: [EXEMPTION], ...settings },
        "net-no-nat": "disabled",
      }),
      {
        "rds-backups": { level: "advisory", settings, exemptions: [EXEMPTION] },
        "net-no-nat": { level: "disabled", settings: {}, exemptions: [] },
      },
    );
  });

  it("sets the level of all rules without one of their own by `all`, in both forms", () => {
    for (const all of ["disabled", { enforcementLevel: "disabled" }]) {
      assert.deepEqual(read({ all, "rds-backups": { minimumDays: 1 }, "net-no-nat": "mandatory" }), {
        "rds-backups": { level: "disabled", settings: { minimumDays: 1 }, exemptions: [] },
        "net-no-nat": { level: "mandatory", settings: {}, exemptions: [] },
      });
    }
  });

  it("lets the pack's own words have a level", () => {
    assert.deepEqual(read({ "decided-at-apply": "disabled", exemptions: "mandatory" }), read({}));
  });

  const levels = "one of mandatory, advisory, disabled";
  const rows: readonly [string, unknown, readonly string[]][] = [
    ["what is no object", ["net-no-nat"], ["the configuration: a list | an object with rules as keys"]],
    [
      "rules that do not exist",
      { "net-no-natt": "disabled", "password-of-root": "disabled" },
      [
        'net-no-natt: a rule that does not exist | "net-no-nat": did you mean that?',
        "password-of-root: a rule that does not exist | a rule of the pack (POLICIES.md)",
      ],
    ],
    [
      "levels that do not exist",
      { all: 3, "net-no-nat": "advisry", "rds-backups": { enforcementLevel: "remediate" }, "decided-at-apply": null },
      [
        `all: 3 | ${levels}`,
        `decided-at-apply: null | ${levels}`,
        `rds-backups.enforcementLevel: "remediate" | ${levels}`,
        `net-no-nat: "advisry" | ${levels}; did you mean "advisory"?`,
      ],
    ],
    [
      "settings that do not exist, also for what is no rule",
      { all: { exemptions: [] }, "rds-backups": { minimumDay: 7 }, "net-no-nat": { toString: 1 } },
      [
        "all.exemptions: a setting that does not exist | one of enforcementLevel",
        'rds-backups.minimumDay: a setting that does not exist | one of enforcementLevel, minimumDays, production, names, prefix, reach, exemptions; did you mean "minimumDays"?',
        "net-no-nat.toString: a setting that does not exist | one of enforcementLevel, exemptions",
      ],
    ],
    [
      "settings of another type, without their texts",
      { "rds-backups": { minimumDays: 7.5, production: "hunter2", names: ["a", 1], prefix: 7, reach: ["hunter2"] } },
      [
        "rds-backups.minimumDays: 7.5 | a whole number",
        "rds-backups.production: a text | true or false",
        "rds-backups.names: a list | a list of texts",
        "rds-backups.prefix: 7 | a text",
        "rds-backups.reach: a list | an object",
      ],
    ],
    [
      "bad exemptions, with their place",
      { "net-no-nat": { exemptions: [{ ...EXEMPTION, until: "soon" }] } },
      ['net-no-nat.exemptions[0].until: "soon" | the last day it holds, as 2027-01-31'],
    ],
  ];
  for (const [title, value, problems] of rows) it(`refuses ${title}`, () => assert.deepEqual(read(value), problems));

  it("names every problem of the pack's real rules at once", () => {
    const result = readConfiguration(RULES, { "sg-no-wordl": "disabled", "rds-backups": { minimumDays: "7" } });
    assert.deepEqual(result, {
      ok: false,
      problems: [
        { path: "sg-no-wordl", seen: "a rule that does not exist", expected: '"sg-no-world": did you mean that?' },
        { path: "rds-backups.minimumDays", seen: "a text", expected: "a whole number" },
      ],
    });
  });
});
