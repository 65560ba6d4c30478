import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { run } from "../../../../automation/commands/exec";
import { signedInContext } from "../../../support/signed-in";
import { inTemporaryFolder } from "../../../support/temporary-folder";

describe("sallyport exec", () => {
  it("needs a program after two hyphens", () =>
    inTemporaryFolder(async (folder) => {
      const context = signedInContext(folder, undefined);
      for (const args of [[], ["app/app"], ["--"], ["app/app", "--"]]) {
        await assert.rejects(run(args, context), {
          code: "USAGE",
          message: "sallyport exec: say what to run, after two hyphens.",
          next: "sallyport exec -- psql",
        });
      }
    }));

  it("reads its own options only before the hyphens", () =>
    inTemporaryFolder(async (folder) => {
      const context = signedInContext(folder, undefined, { env: { PATH: "/bin:/usr/bin" } });
      await assert.rejects(run(["--nonsense", "--", "true"], context), {
        code: "USAGE",
        message: "sallyport exec: unknown option '--nonsense'",
      });
      await assert.rejects(run(["--", "true", "--help", "--nonsense"], context), { code: "AUTH_NOT_SIGNED_IN" });
    }));

  it("is 127 for a program that is not there and 126 for one that cannot be executed, before anything is opened", () =>
    inTemporaryFolder(async (folder) => {
      const context = signedInContext(folder, undefined, { env: { PATH: folder } });
      writeFileSync(path.join(folder, "plain"), "", { mode: 0o600 });
      assert.equal(await run(["--events", "e", "--", "no-such"], context), 127);
      assert.equal(await run(["--", "plain"], context), 126);
      assert.deepEqual(context.err, ['✗ "no-such" was not found (127).\n', '✗ "plain" cannot be executed (126).\n']);
      const last = JSON.parse(readFileSync(path.join(folder, "e"), "utf8")) as Record<string, unknown>;
      assert.deepEqual([last.type, last.ok, last.exitCode], ["result", false, 127]);
    }));

  it("that never started leaves 125 and the cause's code in the events", () =>
    inTemporaryFolder(async (folder) => {
      const context = signedInContext(folder, undefined, { env: { PATH: "/bin:/usr/bin" } });
      await assert.rejects(run(["--events", "e", "--", "true"], context), { code: "AUTH_NOT_SIGNED_IN" });
      const last = JSON.parse(readFileSync(path.join(folder, "e"), "utf8")) as Record<string, unknown>;
      assert.deepEqual(
        [last.type, last.ok, last.exitCode, last.code, last.message],
        ["result", false, 125, "AUTH_NOT_SIGNED_IN", "Nobody is signed in on this machine."],
      );
    }));

  it("prints its help", () =>
    inTemporaryFolder(async (folder) => {
      const context = signedInContext(folder, undefined);
      assert.equal(await run(["--help"], context), 0);
      assert.match(
        context.out.join(""),
        /Usage: sallyport exec \[target\] \[options\] -- <program>[\s\S]*--url[\s\S]*125 it never/,
      );
    }));
});
