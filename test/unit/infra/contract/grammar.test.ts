import assert from "node:assert/strict";
import { byteLength, HYPHEN_NAME, PLAIN_NAME, REGION, SQL_NAME } from "../../../../infra/contract/grammar";

describe("grammars", () => {
  const cases: readonly (readonly [string, RegExp, readonly string[], readonly string[]])[] = [
    ["estates and environments", PLAIN_NAME, ["dev", "a1"], ["", "1a", "Dev", "de-v", "dev\n"]],
    ["roles and clusters", HYPHEN_NAME, ["app", "read-all-2"], ["-a", "a-", "a--b", "A", "a_b"]],
    ["databases and owners", SQL_NAME, ["app", "app_2", "x".repeat(63)], ["x".repeat(64), "_a", "a-b", "A"]],
    ["regions", REGION, ["eu-west-2", "us-gov-east-1", "ap-southeast-3"], ["london", "eu-west", "EU-WEST-2"]],
  ];
  for (const [what, pattern, good, bad] of cases) {
    it(`of ${what}`, () => {
      for (const text of good) assert.match(text, pattern);
      for (const text of bad) assert.doesNotMatch(text, pattern);
    });
  }

  it("count bytes as PostgreSQL does", () => {
    assert.equal(byteLength("é€"), 5);
  });
});
