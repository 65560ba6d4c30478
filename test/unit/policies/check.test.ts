import assert from "node:assert/strict";
import { checkResources, type CheckedResource } from "../../../policies/check";
import { readConfiguration } from "../../../policies/configuration";
import type { ResourceRule, Rule, StackRule } from "../../../policies/rule";
import { TODAY, UNKNOWN } from "./run-rule";

const TEXTS = { title: "t", why: "w", severity: "high", references: [], fix: "Write true" } as const;

/** Looks at what the program wrote. */
const locked: ResourceRule = {
  ...TEXTS,
  id: "is-locked",
  level: "mandatory",
  types: ["t:Door"],
  parameters: { word: { type: "string", default: "locked", about: "" } },
  check: ({ props }, { report }, { word }) => {
    if (props["locked"] !== true) report(`${String(word)} is not true`);
  },
};

/** Looks at what became of it, and where it comes from. */
const housed: StackRule = {
  ...TEXTS,
  id: "has-house",
  level: "advisory",
  parameters: { house: { type: "string", about: "" } },
  checkStack: (resources, { report, part, notApplicable }, { house }) => {
    if (house === undefined) notApplicable("wants the setting house");
    for (const each of resources.filter(({ type }) => type === "t:Door"))
      part(() => {
        const [from] = each.propertyDependencies["house"] ?? [];
        if (each.props["id"] !== house && from?.name !== house) report("house is another", each);
        if (each.opts?.protect !== true) report("protect is off", each);
      });
  },
};
const RULES: readonly Rule[] = [locked, housed];

const urn = (name: string): string => `urn:pulumi:s::p::t:Door::${name}`;
const door = (name: string, more: Partial<CheckedResource> = {}): CheckedResource => ({
  type: "t:Door",
  name,
  urn: urn(name),
  inputs: { locked: true },
  outputs: { id: "there" },
  propertyDependencies: {},
  protect: true,
  ...more,
});

function check(resources: readonly CheckedResource[], configuration: unknown = {}) {
  const result = readConfiguration(RULES, configuration);
  assert.ok(result.ok);
  return checkResources(RULES, resources, result.value, TODAY);
}

const finding = (name: string) => ({
  rule: "is-locked",
  level: "mandatory",
  severity: "high",
  urn: urn(name),
  resource: name,
  type: "t:Door",
  found: "locked is not true",
  fix: "Write true",
});
const exempt = (resource: string, until: string) => ({
  "is-locked": { exemptions: [{ resource, reason: "it moves", until }] },
});
const OPEN = { inputs: { locked: false } };

describe("checkResources", () => {
  it("shows resource rules what was written, and stack rules what became of it and where it comes from", () => {
    const doors = [
      door("front", OPEN),
      door("back", { outputs: { id: "x" }, propertyDependencies: { house: [urn("gone"), urn("front")] } }),
      door("side", { protect: false }),
    ];
    const { findings, ...rest } = check(doors, { "has-house": { house: "there" } });
    assert.deepEqual(
      findings.map(({ rule, resource, found, level }) => `${rule} ${resource}: ${found} (${level})`),
      [
        "is-locked front: locked is not true (mandatory)",
        "has-house back: house is another (advisory)",
        "has-house side: protect is off (advisory)",
      ],
    );
    assert.deepEqual(findings[0], finding("front"));
    assert.deepEqual(rest, { undecided: [], notApplicable: [], exempted: [], unused: [], resources: 3, rules: 2 });
    const linked = check(doors, { "has-house": { house: "front" } }).findings.map(({ resource }) => resource);
    assert.deepEqual(linked, ["front", "front", "side", "side"]);
  });

  it("says once what is unknown or secret, and what does not apply", () => {
    const report = check([door("b", { inputs: { locked: UNKNOWN } }), door("a", { inputs: { locked: UNKNOWN } })]);
    assert.deepEqual(report.findings, []);
    assert.deepEqual(report.undecided, [{ rule: "is-locked", what: ["a.locked", "b.locked"] }]);
    assert.deepEqual(report.notApplicable, [{ rule: "has-house", why: "wants the setting house" }]);
    assert.deepEqual(check([]).notApplicable, [
      { rule: "is-locked", why: "nothing of its kind" },
      { rule: "has-house", why: "wants the setting house" },
    ]);
  });

  it("takes level and settings of the configuration, and says what is switched off", () => {
    const { findings, rules, notApplicable } = check([door("a", OPEN)], {
      "is-locked": { enforcementLevel: "advisory", word: "bolt" },
      "has-house": "disabled",
    });
    assert.deepEqual(findings, [{ ...finding("a"), level: "advisory", found: "bolt is not true" }]);
    assert.equal(rules, 1);
    assert.deepEqual(notApplicable, [{ rule: "has-house", why: "switched off by the configuration" }]);
  });

  it("sets aside what an exemption covers, with its reason and last day", () => {
    const { findings, exempted, unused } = check([door("a", OPEN), door("b", OPEN)], exempt("a", TODAY));
    assert.deepEqual(findings, [finding("b")]);
    assert.deepEqual(exempted, [{ ...finding("a"), reason: "it moves", until: TODAY }]);
    assert.deepEqual(unused, []);
  });

  it("names an exemption that covers nothing", () => {
    const { findings, unused } = check([door("a")], exempt("a", TODAY));
    assert.deepEqual(findings, []);
    assert.deepEqual(unused, [{ rule: "is-locked", resource: "a", reason: "it moves", until: TODAY }]);
  });

  it("lets a violation stand whose exemption ended", () => {
    assert.deepEqual(check([door("a", OPEN)], exempt("a", "2027-01-30")).findings, [
      { ...finding("a"), expired: "2027-01-30" },
    ]);
  });

  it("takes an exemption that ended and covers nothing for a finding, whether its resource is there or not", () => {
    const ended = (name: string) => ({
      ...finding(name),
      found: `the exemption of ${name} ended on 2027-01-30`,
      fix: "Take the exemption out of the policy configuration, or renew it with its reason",
      expired: "2027-01-30",
    });
    assert.deepEqual(check([door("a")], exempt("a", "2027-01-30")).findings, [ended("a")]);
    assert.deepEqual(check([door("a")], exempt("gone", "2027-01-30")).findings, [
      { ...ended("gone"), urn: "", type: "" },
    ]);
  });
});
