import assert from "node:assert/strict";
import type { ResourceRule, StackRule } from "../../../policies/rule";
import { toPolicies, UNDECIDED_POLICY } from "../../../policies/to-policy";
import { runRule, runStackRule, UNKNOWN } from "./run-rule";

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
    const [policy, last] = toPolicies([rule(() => undefined)]);
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
});
