import assert from "node:assert/strict";
import type { StackValidationPolicy } from "@pulumi/policy";
import type { ResourceRule, StackRule } from "../../../policies/rule";
import { toPolicies, UNDECIDED_POLICY } from "../../../policies/to-policy";
import { runRule, runStackRule, TODAY, UNKNOWN } from "./run-rule";

const TEXTS = {
  title: "It holds",
  why: "Or else",
  severity: "low",
  level: "advisory",
  references: [],
  fix: "Write it",
} as const;
const rule = (check: ResourceRule["check"]): ResourceRule => ({ id: "a-rule", ...TEXTS, types: ["t"], check });

describe("toPolicies", () => {
  it("gives a policy its rule's words, and the pack a last one about what stays open", () => {
    const [policy, last] = toPolicies([rule(() => undefined)], () => TODAY);
    const { name, displayName, description, enforcementLevel, severity, remediationSteps } = policy as NonNullable<
      typeof policy
    >;
    assert.deepEqual(
      { name, displayName, description, enforcementLevel, severity, remediationSteps },
      {
        name: "a-rule",
        displayName: "It holds",
        description: "It holds. Or else",
        enforcementLevel: "advisory",
        severity: "low",
        remediationSteps: "Write it",
      },
    );
    assert.equal(last?.name, UNDECIDED_POLICY);
    assert.equal(last?.enforcementLevel, "advisory");
    assert.equal("remediateResource" in (policy as object), false);
  });

  it("goes on with other parts after an unknown one, and reports what they say", () => {
    const said = runRule(
      rule(({ props }, { report, part }) => {
        part(() => void props["a"]);
        part(() => report("b is wrong"));
        void props["c"];
        report("never reached");
      }),
      { a: UNKNOWN, c: UNKNOWN },
    );
    assert.deepEqual(said, {
      violations: ["b is wrong. Write it."],
      undecided: "Cannot be decided until apply: a-rule: it.a, it.c.",
      passed: false,
    });
  });

  it("lets every other error out: a broken rule stops the run", () => {
    const broken = rule(() => {
      throw new Error("broken");
    });
    assert.throws(() => runRule(broken, {}), /broken/);
  });

  it("a stack rule may say itself what the program does not tell", () => {
    const stack: StackRule = {
      id: "a-rule",
      ...TEXTS,
      checkStack: (_, { undecided }) => undecided("vpc of x"),
    };
    assert.deepEqual(runStackRule(stack, []), {
      violations: [],
      undecided: "Cannot be decided until apply: a-rule: vpc of x.",
      passed: false,
    });
  });

  describe("with exemptions", () => {
    const wrong = rule((_, { report }) => report("a is wrong"));
    const right = rule(() => undefined);
    const config = (resource: string, until: string) => ({ exemptions: [{ resource, reason: "it moves", until }] });

    it("does not report what one in force covers, counts it as no pass, and names it at the end", () => {
      for (const resource of ["it", "urn:it"]) {
        assert.deepEqual(runRule(wrong, {}, "t", config(resource, TODAY)), {
          violations: [],
          undecided: "",
          exemptions: `In force: a-rule for ${resource} until 2027-01-31 (it moves).`,
          passed: false,
        });
      }
    });

    it("names one that had nothing to cover", () => {
      assert.deepEqual(runRule(right, {}, "t", config("it", TODAY)), {
        violations: [],
        undecided: "",
        exemptions: "Nothing to exempt in this run: a-rule for it until 2027-01-31.",
        passed: true,
      });
    });

    it("lets the violation stand once it ended, and says so", () => {
      assert.deepEqual(runRule(wrong, {}, "t", config("it", "2027-01-30")).violations, [
        "a is wrong. Write it. Its exemption ended on 2027-01-30.",
      ]);
    });

    it("takes one that ended and covers nothing for a violation of its rule", () => {
      assert.deepEqual(runRule(right, {}, "other", config("gone", "2027-01-30")).violations, [
        "the exemption of gone ended on 2027-01-30. Take the exemption out of the policy configuration, or renew it with its reason.",
      ]);
    });

    it("does so once in a run, not for every resource", () => {
      const [policy, , last] = toPolicies([right], () => TODAY);
      const said: string[] = [];
      const getConfig = () => config("gone", "2027-01-30");
      const args = { type: "t", name: "it", urn: "urn:it", props: {}, getConfig } as never;
      const { validateResource } = policy as {
        validateResource: (args: never, report: (each: string) => void) => void;
      };
      const note = (each: string) => void said.push(each);
      validateResource(args, note);
      validateResource(args, note);
      assert.equal(said.length, 1);
      void (last as StackValidationPolicy).validateStack({ resources: [] } as never, () => undefined);
      validateResource(args, note);
      assert.equal(said.length, 2);
    });

    it("holds for stack rules by the resource that they name", () => {
      const stack: StackRule = {
        id: "a-rule",
        ...TEXTS,
        checkStack: (resources, { report }) => resources.forEach((each) => report("it is alone", each)),
      };
      const samples = ["a", "b"].map((name) => ({ type: "t", name, props: {} }));
      const said = runStackRule(stack, samples, config("a", TODAY));
      assert.deepEqual(said.violations, ["b: it is alone. Write it."]);
      assert.equal(said.exemptions, "In force: a-rule for a until 2027-01-31 (it moves).");
    });
  });

  it("leaves with one error for each reason: most rules look at few resources", () => {
    const [policy] = toPolicies([rule(() => undefined)], () => TODAY);
    const { validateResource } = policy as unknown as { validateResource: (args: never) => void };
    const reasons: (string | undefined)[] = [];
    const notApplicable = (reason?: string): never => {
      reasons.push(reason);
      throw new Error("not applicable");
    };
    for (const type of ["x", "y"]) {
      const args = { type, name: "it", urn: "urn:it", props: {}, getConfig: () => ({}), notApplicable } as never;
      assert.throws(() => validateResource(args), /^Error: not applicable$/);
    }
    assert.deepEqual(reasons, ["another kind of resource"]);
  });
});
