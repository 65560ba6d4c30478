import assert from "node:assert/strict";
import * as policy from "@pulumi/policy";
import { evaluateResource, evaluateStack } from "../../../policies/evaluate";
import type { ResourceRule, StackRule } from "../../../policies/rule";
import { UNKNOWN } from "./run-rule";

const sdk = policy as unknown as { readonly unknownCheckingProxy: <T>(props: T) => T };
const TEXTS = {
  id: "a-rule",
  title: "It holds",
  why: "Or else",
  severity: "low",
  level: "advisory",
  references: [],
  fix: "Write it",
} as const;
const rule = (check: ResourceRule["check"]): ResourceRule => ({ ...TEXTS, types: ["t"], check });
const stackRule = (checkStack: StackRule["checkStack"]): StackRule => ({ ...TEXTS, checkStack });
const resource = (props: Record<string, unknown>, type = "t") => ({
  type,
  name: "it",
  urn: "urn:it",
  props: sdk.unknownCheckingProxy(props),
});

describe("evaluateResource", () => {
  it("gives what was found without the way to mend it, and goes on past unknown parts, each named once", () => {
    const outcome = evaluateResource(
      rule(({ props }, { report, part }, settings) => {
        for (const word of ["one", "two"]) part(() => report(`${word} ${String(props["a"])}`));
        part(() => report(`b is over ${String(settings["limit"])}`));
        void props["c"];
        report("never reached");
      }),
      resource({ a: UNKNOWN, c: UNKNOWN }),
      { limit: 7 },
    );
    assert.deepEqual(outcome, {
      violations: [{ found: "b is over 7", urn: "urn:it", name: "it" }],
      open: ["it.a", "it.c"],
      notApplicable: undefined,
    });
  });

  it("does not ask a rule about another kind of resource", () => {
    const never = rule(() => assert.fail("asked"));
    assert.deepEqual(evaluateResource(never, resource({}, "other"), {}), {
      violations: [],
      open: [],
      notApplicable: "another kind of resource",
    });
  });

  it("ends a rule that does not apply, from within a part too, and keeps what it said before", () => {
    const outcome = evaluateResource(
      rule((_, { report, part, notApplicable }) => {
        report("a is wrong");
        part(() => notApplicable("wants the setting x"));
        report("never reached");
      }),
      resource({}),
      {},
    );
    assert.deepEqual(outcome, {
      violations: [{ found: "a is wrong", urn: "urn:it", name: "it" }],
      open: [],
      notApplicable: "wants the setting x",
    });
  });

  it("lets every other error out", () => {
    const broken = rule(() => {
      throw new Error("broken");
    });
    assert.throws(() => evaluateResource(broken, resource({}), {}), new Error("broken"));
  });
});

describe("evaluateStack", () => {
  it("names the resource of each violation, and what the rule or an unknown value leaves open", () => {
    const one = { ...resource({ a: UNKNOWN }), propertyDependencies: {} };
    const outcome = evaluateStack(
      stackRule(([first], { report, part, undecided }) => {
        assert.ok(first);
        part(() => void first.props["a"]);
        undecided("vpc of it");
        report("it is alone", first);
      }),
      [one],
      {},
    );
    assert.deepEqual(outcome, {
      violations: [{ found: "it is alone", urn: "urn:it", name: "it" }],
      open: ["a", "vpc of it"],
      notApplicable: undefined,
    });
  });

  it("gives the reason of a rule that does not apply", () => {
    const outcome = evaluateStack(
      stackRule((_, { notApplicable }) => notApplicable("wants the setting x")),
      [],
      {},
    );
    assert.equal(outcome.notApplicable, "wants the setting x");
  });
});
