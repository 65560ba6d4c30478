import assert from "node:assert/strict";
import type { ResourceRule, Settings } from "../../../../policies/rule";
import { runRule } from "../run-rule";

type Values = Record<string, unknown>;

/** Properties by title; the type is the rule's first unless told. */
export interface RuleCases {
  readonly rule: ResourceRule;
  /** Passes, and nothing stays open. */
  readonly ok: readonly {
    readonly title: string;
    readonly props: Values;
    readonly type?: string;
    readonly settings?: Settings;
  }[];
  /** What is reported, without the fix that the adapter adds. */
  readonly bad: readonly {
    readonly title: string;
    readonly props: Values;
    readonly type?: string;
    readonly settings?: Settings;
    readonly found: readonly string[];
  }[];
  /** What stays open: property paths behind the resource's name. */
  readonly unknown: readonly {
    readonly title: string;
    readonly props: Values;
    readonly type?: string;
    readonly settings?: Settings;
    readonly open: readonly string[];
    readonly found?: readonly string[];
  }[];
}

/** One test for each case of a rule. */
export function describeRule({ rule, ok, bad, unknown }: RuleCases): void {
  const messages = (found: readonly string[]): string[] => found.map((each) => `${each}. ${rule.fix}.`);
  describe(rule.id, () => {
    for (const { title, props, type, settings } of ok) {
      it(`ok: ${title}`, () => {
        assert.deepEqual(runRule(rule, props, type, settings), { violations: [], undecided: "", passed: true });
      });
    }
    for (const { title, props, type, settings, found } of bad) {
      it(`stops: ${title}`, () => {
        assert.deepEqual(runRule(rule, props, type, settings), {
          violations: messages(found),
          undecided: "",
          passed: false,
        });
      });
    }
    for (const { title, props, type, settings, open, found = [] } of unknown) {
      it(`does not pass by accident: ${title}`, () => {
        const undecided = `Cannot be decided until apply: ${rule.id}: ${open.map((path) => `it.${path}`).join(", ")}.`;
        assert.deepEqual(runRule(rule, props, type, settings), {
          violations: messages(found),
          undecided,
          passed: false,
        });
      });
    }
    it("is not applicable to other types", () => {
      assert.deepEqual(runRule(rule, {}, "aws:s3/bucket:Bucket"), { violations: [], undecided: "", passed: false });
    });
  });
}

/** The tables of some rules; a rule without one is an error, so that no rule goes untested. */
export function casesOf<Table extends { readonly rule: { readonly id: string } }>(
  tables: readonly Table[],
  ...rules: readonly Table["rule"][]
): Table[] {
  return rules.map((rule) => {
    const table = tables.find((each) => each.rule === rule);
    if (!table) throw new Error(`no cases for ${rule.id}`);
    return table;
  });
}
