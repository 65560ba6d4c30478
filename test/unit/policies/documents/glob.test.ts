import assert from "node:assert/strict";
import * as fc from "fast-check";
import { globMatches, globMeets } from "../../../../policies/documents/glob";

/** The second opinion: a pattern as a regular expression. */
const expression = (pattern: string, wild: Readonly<Record<string, string>>): RegExp =>
  new RegExp(`^${[...pattern].map((each) => wild[each] ?? each.replace(/[.+^$()|[\]\\{}]/g, "\\$&")).join("")}$`, "s");

const patterns = fc.string({ unit: fc.constantFrom("a", "b", ":", "*", "?"), maxLength: 6 });
const texts = fc.string({ unit: fc.constantFrom("a", "b", ":", "*", "?"), maxLength: 6 });

/** Every text of up to five of the letters: long enough for each of the short patterns below. */
const ALL = [""];
for (let from = 0, length = 0; length < 5; length += 1) {
  const until = ALL.length;
  for (; from < until; from += 1) for (const letter of ["a", "b", ":"]) ALL.push(`${ALL[from] ?? ""}${letter}`);
}

describe("globMatches", () => {
  it("agrees with a regular expression on every pattern and text", () => {
    fc.assert(
      fc.property(patterns, texts, (pattern, text) => {
        assert.equal(globMatches(pattern, text), expression(pattern, { "*": ".*", "?": "." }).test(text));
      }),
      { numRuns: 2_000 },
    );
  });

  it("does not hang on many stars", () => {
    assert.equal(globMatches("*a".repeat(200), "b".repeat(2_000)), false);
  });
});

describe("globMeets", () => {
  const short = fc.string({ unit: fc.constantFrom("a", "b", ":", "*", "?"), maxLength: 3 });
  const shapes = fc.string({ unit: fc.constantFrom("a", ":", "*", "%"), maxLength: 2 });

  it("says yes exactly when some text has the shape and matches the pattern", () => {
    fc.assert(
      fc.property(short, shapes, (pattern, shape) => {
        const matches = expression(pattern, { "*": ".*", "?": "." });
        const shaped = expression(shape, { "*": ".*", "%": "[^:]*" });
        assert.equal(
          globMeets(pattern, shape),
          ALL.some((text) => matches.test(text) && shaped.test(text)),
        );
      }),
      { numRuns: 1_000 },
    );
  });

  it("keeps the parts of an ARN apart", () => {
    assert.equal(globMeets("arn:aws:s3:::bucket/*", "arn:%:rds-db:%:%:dbuser:*"), false);
    assert.equal(globMeets("arn:*", "arn:%:rds-db:%:%:dbuser:*"), true);
  });
});
