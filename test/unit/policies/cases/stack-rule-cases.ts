import assert from "node:assert/strict";
import type { Settings, StackRule } from "../../../../policies/rule";
import { runStackRule } from "../run-rule";
import type { StackSample } from "./estate";

interface StackCase {
  readonly title: string;
  readonly resources: readonly StackSample[];
  readonly settings?: Settings;
}

/** Stacks by title. */
export interface StackRuleCases {
  readonly rule: StackRule;
  /** Passes, and nothing stays open. */
  readonly ok: readonly StackCase[];
  /** What is reported: `name: words`, without the fix that the adapter adds. */
  readonly bad: readonly (StackCase & { readonly found: readonly string[] })[];
  /** What stays open, in the words of the advisory. */
  readonly unknown: readonly (StackCase & { readonly open: readonly string[]; readonly found?: readonly string[] })[];
  /** Stacks that the rule says nothing about. */
  readonly notApplicable?: readonly StackCase[];
}

/** One test for each case of a stack rule. */
export function describeStackRule({ rule, ok, bad, unknown, notApplicable = [] }: StackRuleCases): void {
  const messages = (found: readonly string[]): string[] => found.map((each) => `${each}. ${rule.fix}.`);
  describe(rule.id, () => {
    for (const { title, resources, settings } of ok) {
      it(`ok: ${title}`, () => {
        assert.deepEqual(runStackRule(rule, resources, settings), { violations: [], undecided: "", passed: true });
      });
    }
    for (const { title, resources, settings, found } of bad) {
      it(`stops: ${title}`, () => {
        const expected = { violations: messages(found), undecided: "", passed: false };
        assert.deepEqual(runStackRule(rule, resources, settings), expected);
      });
    }
    for (const { title, resources, settings, open, found = [] } of unknown) {
      it(`does not pass by accident: ${title}`, () => {
        const undecided = `Cannot be decided until apply: ${rule.id}: ${open.join(", ")}.`;
        assert.deepEqual(runStackRule(rule, resources, settings), {
          violations: messages(found),
          undecided,
          passed: false,
        });
      });
    }
    for (const { title, resources, settings } of notApplicable) {
      it(`is not applicable: ${title}`, () => {
        assert.deepEqual(runStackRule(rule, resources, settings), { violations: [], undecided: "", passed: false });
      });
    }
  });
}
