import assert from "node:assert/strict";
import fc from "fast-check";
import { refuseRemovals } from "../../../../automation/runner/removals";

const people = (count: number): string[] => Array.from({ length: count }, (_, at) => `p${at}`);
const refused = (gone: number, before: number, allowed?: number): boolean => {
  try {
    refuseRemovals({ gone: people(gone), before, allowed, env: "dev" });
    return false;
  } catch {
    return true;
  }
};

describe("removals", () => {
  const cases: [number, number, number | undefined, boolean][] = [
    [0, 5, undefined, false],
    [1, 1, undefined, false],
    [1, 5, undefined, false],
    [2, 20, undefined, true],
    [2, 21, undefined, false],
    [10, 101, undefined, false],
    [11, 1000, undefined, true],
    [2, 12, 1, true],
    [2, 12, 2, false],
  ];
  for (const [gone, before, allowed, expected] of cases)
    it(`${gone} of ${before}${allowed === undefined ? "" : `, ${allowed} allowed`}: ${expected ? "refused" : "let go"}`, () =>
      assert.equal(refused(gone, before, allowed), expected));

  it("names who would go, and how to mean it", () =>
    assert.throws(() => refuseRemovals({ gone: ["ben", "kim"], before: 12, allowed: undefined, env: "prod" }), {
      code: "ACCESS_REMOVALS",
      exitCode: 2,
      message: "2 of 12 login roles would lose all access at once: ben, kim. Nothing was changed.",
      next: "if it is meant, run it again with --allow-removals 2",
    }));

  it("what is allowed is never refused, and a tenth never slips through", () => {
    fc.assert(
      fc.property(fc.nat(500), fc.nat(500), (gone, more) => {
        const before = gone + more;
        assert.equal(refused(gone, before, gone), false);
        if (gone > 1 && gone * 10 >= before) assert.equal(refused(gone, before), true);
      }),
    );
  });
});
