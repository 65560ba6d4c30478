import assert from "node:assert/strict";
import { run } from "../../../../automation/commands/policies";
import { recordedContext } from "../../../support/recorded-context";

describe("sallyport policies", () => {
  it("prints its help when asked, and with exit code 2 when nothing was said", async () => {
    for (const [args, code] of [
      [["--help"], 0],
      [[], 2],
    ] as const) {
      const context = recordedContext("/");
      assert.equal(await run([...args], context), code);
      assert.match(context.out.join(""), /^Usage: sallyport policies <list\|explain\|check>/);
    }
  });

  it("names what there is when something else was asked for", async () => {
    for (const name of ["lits", "constructor"]) {
      await assert.rejects(run([name], recordedContext("/")), {
        code: "USAGE",
        message: `sallyport policies: there is no "${name}".`,
        likely: "There are: list, explain, check.",
      });
    }
  });

  it("runs each of its commands", async () => {
    for (const name of ["list", "explain", "check"]) {
      const context = recordedContext("/");
      assert.equal(await run([name, "--help"], context), 0);
      assert.match(context.out.join(""), new RegExp(`^Usage: sallyport policies ${name} `));
    }
  });
});
