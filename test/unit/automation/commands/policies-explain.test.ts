import assert from "node:assert/strict";
import { run } from "../../../../automation/commands/policies-explain";
import { recordedContext } from "../../../support/recorded-context";

describe("sallyport policies explain", () => {
  it("says all of one rule", async () => {
    const context = recordedContext("/");
    assert.equal(await run(["sg-no-world"], context), 0);
    assert.match(context.out.join(""), /^sg-no-world {2}mandatory, \w+, Security groups\n/);
  });

  it("is one document with --json", async () => {
    const context = recordedContext("/", { json: true });
    assert.equal(await run(["rds-backups"], context), 0);
    const answer = JSON.parse(context.out.join("")) as Record<string, unknown>;
    assert.deepEqual([answer.v, answer.id, answer.domain], [1, "rds-backups", "Database"]);
    assert.deepEqual(Object.keys(answer.parameters as object), ["minimumDays"]);
  });

  it("a rule that is not there is refused, with the one that was probably meant", async () => {
    await assert.rejects(run(["sg-no-wrld"], recordedContext("/")), {
      code: "USAGE",
      exitCode: 2,
      message: 'There is no rule "sg-no-wrld".',
      likely: 'Did you mean "sg-no-world"?',
      next: "sallyport policies explain sg-no-world",
    });
    await assert.rejects(run(["frobnicate-everything-now"], recordedContext("/")), {
      likely: undefined,
      next: "sallyport policies list",
    });
  });

  it("needs one rule", async () => {
    await assert.rejects(run([], recordedContext("/")), { code: "USAGE", message: /missing required argument 'id'/ });
  });
});
