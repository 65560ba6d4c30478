import assert from "node:assert/strict";
import { run } from "../../../../automation/commands/policies-list";
import { RULES } from "../../../../policies/library";
import { recordedContext } from "../../../support/recorded-context";

describe("sallyport policies list", () => {
  it("is a table with every rule", async () => {
    const context = recordedContext("/");
    assert.equal(await run([], context), 0);
    const lines = context.out.join("").split("\n");
    for (const { id } of RULES) assert.equal(lines.filter((line) => line.startsWith(`  ${id} `)).length, 1, id);
  });

  it("is one document with --json", async () => {
    const context = recordedContext("/", { json: true });
    assert.equal(await run([], context), 0);
    const { v, pack, rules } = JSON.parse(context.out.join("")) as { v: number; pack: string; rules: { id: string }[] };
    assert.deepEqual([v, pack], [1, "sallyport"]);
    assert.deepEqual(
      rules.map(({ id }) => id),
      RULES.map(({ id }) => id),
    );
  });
});
