import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { exportState } from "../../../../automation/policy-state/export-state";
import { inTemporaryFolder } from "../../../support/temporary-folder";

/** An engine of a few lines: what a script of Node prints, and how it ends. */
const withEngine = (script: string, test: (run: (stack: string) => Promise<string>) => Promise<void>): Promise<void> =>
  inTemporaryFolder(async (cwd) => {
    const command = path.join(cwd, "pulumi");
    writeFileSync(command, `#!${process.execPath}\n${script}`, { mode: 0o755 });
    const env = { PATH: process.env.PATH };
    await test((stack) => exportState({ command, stack, cwd, env, signal: new AbortController().signal }));
  });

describe("export of a state", () => {
  it("asks the engine without a shell, in the folder, and takes stdout alone", () =>
    withEngine(
      "console.error('a warning'); console.log(JSON.stringify([process.argv.slice(2), process.cwd()]));",
      async (run) => {
        const [args, cwd] = JSON.parse(await run("-a; $(b)")) as [string[], string];
        assert.deepEqual(args, ["stack", "export", "--stack=-a; $(b)", "--non-interactive"]);
        assert.match(cwd, /sallyport-test-/);
      },
    ));

  it("a failure is told in the engine's words, without control characters", () =>
    withEngine("console.error('error: no stack named \\u001b[31mx'); process.exit(255);", (run) =>
      assert.rejects(run("x\u001b[1m"), {
        code: "ENGINE_FAILED",
        message: "export of x failed: error: no stack named x",
      }),
    ));

  it("of a failure after a part of the state, only the exit code is told", () =>
    withEngine('process.stdout.write(\'{"password":"hunter2"\'); process.exitCode = 7;', (run) =>
      assert.rejects(run("dev"), { message: "export of dev failed: exit code 7" }),
    ));
});
