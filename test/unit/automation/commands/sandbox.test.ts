import assert from "node:assert/strict";
import { run } from "../../../../automation/commands/sandbox";
import { recordedContext } from "../../../support/recorded-context";
import { inTemporaryFolder } from "../../../support/temporary-folder";

describe("sallyport sandbox", () => {
  it("explains itself with --help, and with exit 2 when it is told nothing", async () => {
    const context = recordedContext("/nowhere");
    assert.equal(await run(["--help"], context), 0);
    assert.equal(await run([], context), 2);
    assert.equal(context.out[0], context.out[1]);
    for (const name of ["start", "stop", "status", "reset", "env", "fault"])
      assert.match(context.out[0] ?? "", new RegExp(`^  ${name}`, "m"));
  });

  it("refuses an unknown word and lists what there is", async () => {
    for (const word of ["strat", "constructor"]) {
      await assert.rejects(run([word], recordedContext("/nowhere")), {
        code: "USAGE",
        message: `sallyport sandbox: there is no "${word}".`,
        likely: "There are: start, stop, status, reset, env, fault.",
      });
    }
  });

  it("hands the rest to the subcommand", () =>
    inTemporaryFolder(async (folder) => {
      await assert.rejects(run(["status", "--nonsense"], recordedContext(folder)), { code: "USAGE" });
      await assert.rejects(run(["status"], recordedContext(folder)), { code: "SANDBOX_NOT_RUNNING" });
    }));
});
