import assert from "node:assert/strict";
import type { ResourceRule } from "../../../../policies/rule";
import { runRule } from "../run-rule";

type Values = Record<string, unknown>;

/** Properties by title; the type is the rule's first unless told. */
export interface RuleCases {
  readonly rule: ResourceRule;
  /** Passes, and nothing stays open. */
  readonly ok: readonly { readonly title: string; readonly props: Values; readonly type?: string }[];
  /** What is reported, without the fix that the adapter adds. */
  readonly bad: readonly {
    readonly title: string;
    readonly props: Values;
    readonly type?: string;
    readonly found: readonly string[];
  }[];
  /** What stays open: property paths behind the resource's name. */
  readonly unknown: readonly {
    readonly title: string;
    readonly props: Values;
    readonly type?: string;
    readonly open: readonly string[];
    readonly found?: readonly string[];
  }[];
}

/** One test for each case of a rule. */
export function describeRule({ rule, ok, bad, unknown }: RuleCases): void {
  const messages = (found: readonly string[]): string[] => found.map((each) => `${each}. ${rule.fix}.`);
  describe(rule.id, () => {
    for (const { title, props, type } of ok) {
      it(`ok: ${title}`, () => {
        assert.deepEqual(runRule(rule, props, type), { violations: [], undecided: "", passed: true });
      });
    }
    for (const { title, props, type, found } of bad) {
      it(`stops: ${title}`, () => {
        assert.deepEqual(runRule(rule, props, type), { violations: messages(found), undecided: "", passed: false });
      });
    }
    for (const { title, props, type, open, found = [] } of unknown) {
      it(`does not pass by accident: ${title}`, () => {
        const undecided = `Cannot be decided until apply: ${rule.id}: ${open.map((path) => `it.${path}`).join(", ")}.`;
        assert.deepEqual(runRule(rule, props, type), { violations: messages(found), undecided, passed: false });
      });
    }
    it("is not applicable to other types", () => {
      assert.deepEqual(runRule(rule, {}, "aws:s3/bucket:Bucket"), { violations: [], undecided: "", passed: false });
    });
  });
}
