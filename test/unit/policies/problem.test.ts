import assert from "node:assert/strict";
import { kindOf, nearest, oneOf, quoted } from "../../../policies/problem";

describe("problems of a policy configuration", () => {
  it("show the kind of a value, and no text", () => {
    assert.deepEqual(["hunter2", "", 7, true, null, undefined, ["hunter2"], { password: "hunter2" }].map(kindOf), [
      "a text",
      "an empty text",
      "7",
      "true",
      "null",
      "nothing",
      "a list",
      "an object",
    ]);
  });

  it("quote names, in one line and not without end", () => {
    assert.equal(quoted("a\nb"), '"a\\nb"');
    assert.equal(quoted("x".repeat(200)), `"${"x".repeat(78)}…`);
    assert.equal(quoted(7), "7");
  });

  it("guess the nearest word, unless too many letters differ", () => {
    const rules = ["rds-backups", "rds-iam-auth", "net-no-nat"];
    assert.equal(nearest("rds-backup", rules), "rds-backups");
    assert.equal(nearest("RDS-IAM-AUTH", rules), "rds-iam-auth");
    assert.equal(nearest("something-else", rules), undefined);
    assert.equal(nearest("", ["ab"]), undefined);
    assert.equal(
      oneOf("rds-bakcups", rules),
      'one of rds-backups, rds-iam-auth, net-no-nat; did you mean "rds-backups"?',
    );
    assert.equal(oneOf(7, ["a", "b"]), "one of a, b");
  });
});
