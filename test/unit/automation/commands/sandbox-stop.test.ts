import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, writeFileSync } from "node:fs";
import { sandboxStop } from "../../../../automation/commands/sandbox-stop";
import { pretendSandbox } from "../../../support/fake-sandbox";
import { recordedContext } from "../../../support/recorded-context";
import { inTemporaryFolder } from "../../../support/temporary-folder";

describe("sallyport sandbox stop", () => {
  it("ends the process and clears its files", () =>
    inTemporaryFolder(async (cwd) => {
      const child = spawn(process.execPath, ["-e", "console.log('up'); setInterval(() => {}, 1e6)"], {
        stdio: ["ignore", "pipe", "ignore"],
      });
      const exit = once(child, "exit");
      await once(child.stdout, "data");
      const { folder } = pretendSandbox(cwd, "http://127.0.0.1:1");
      writeFileSync(folder.pidFile, JSON.stringify({ pid: child.pid, startedAt: Date.now() }));
      const context = recordedContext(cwd, { json: true });
      assert.equal(await sandboxStop([], context), 0);
      assert.deepEqual(await exit, [null, "SIGTERM"]);
      assert.deepEqual([existsSync(folder.sandboxFile), existsSync(folder.pidFile)], [false, false]);
      assert.equal((JSON.parse(context.out.join("")) as { stopped: boolean }).stopped, true);
    }));

  it("says so when there was none, or only a dead one; both are fine", () =>
    inTemporaryFolder(async (cwd) => {
      const context = recordedContext(cwd);
      assert.equal(await sandboxStop([], context), 0);
      const { folder } = pretendSandbox(cwd, "http://127.0.0.1:1");
      writeFileSync(folder.pidFile, JSON.stringify({ pid: process.pid, startedAt: 1_000 }));
      assert.equal(await sandboxStop([], context), 0);
      assert.deepEqual(
        context.events.map((event) => event.text),
        ["was not running", "was dead already; its files are cleared"],
      );
    }));
});
