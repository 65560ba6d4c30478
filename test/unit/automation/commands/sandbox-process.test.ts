import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { clearRun, endProcess, runningSandbox, sandboxState } from "../../../../automation/commands/sandbox-process";
import { systemClock } from "../../../../automation/core/clock";
import { sandboxFolder } from "../../../../automation/sandbox/daemon/sandbox-folder";
import { pretendSandbox } from "../../../support/fake-sandbox";
import { inTemporaryFolder } from "../../../support/temporary-folder";

describe("the sandbox of a folder", () => {
  it("runs while the process that its pid file names does", () =>
    inTemporaryFolder(async (cwd) => {
      assert.equal((await sandboxState(sandboxFolder(cwd))).state, "none");
      await assert.rejects(runningSandbox(cwd), { code: "SANDBOX_NOT_RUNNING", likely: undefined });
      const { folder, file } = pretendSandbox(cwd, "http://127.0.0.1:1");
      assert.equal((await sandboxState(folder)).state, "running");
      assert.deepEqual((await runningSandbox(cwd)).file, file);
    }));

  it("is stale when another process has that number now", () =>
    inTemporaryFolder(async (cwd) => {
      const { folder } = pretendSandbox(cwd, "http://127.0.0.1:1");
      writeFileSync(folder.pidFile, JSON.stringify({ pid: process.pid, startedAt: 1_000 }));
      assert.equal((await sandboxState(folder)).state, "stale");
      await assert.rejects(runningSandbox(cwd), { code: "SANDBOX_NOT_RUNNING", likely: "The last one was killed." });
    }));

  it("is still starting before it has told how to reach it", () =>
    inTemporaryFolder(async (cwd) => {
      const { folder } = pretendSandbox(cwd, "http://127.0.0.1:1");
      writeFileSync(folder.sandboxFile, "");
      await assert.rejects(runningSandbox(cwd), { code: "SANDBOX_NOT_RUNNING", likely: "It is still starting." });
    }));

  it("clearing takes account and state, and leaves passphrase, log and PostgreSQL's record", () =>
    inTemporaryFolder((cwd) => {
      const { folder } = pretendSandbox(cwd, "http://127.0.0.1:1");
      mkdirSync(path.join(folder.backend, ".pulumi"), { recursive: true });
      const kept = [folder.passphraseFile, folder.log, path.join(folder.root, "postgres.json")];
      for (const file of kept) writeFileSync(file, "x");
      clearRun(folder);
      assert.deepEqual([folder.sandboxFile, folder.pidFile, folder.backend, ...kept].map(existsSync), [
        false,
        false,
        false,
        true,
        true,
        true,
      ]);
    }));

  it("ends by SIGTERM; one that is gone already is no error", async () => {
    const child = spawn(
      process.execPath,
      ["-e", "process.on('SIGTERM', () => process.exit(7)); console.log('up'); setInterval(() => {}, 1e6)"],
      { stdio: ["ignore", "pipe", "ignore"] },
    );
    const exit = once(child, "exit");
    await once(child.stdout, "data");
    const mark = { pid: child.pid ?? 0, startedAt: Date.now() };
    await endProcess(mark, systemClock);
    assert.deepEqual(await exit, [7, null]);
    await endProcess(mark, systemClock);
  });
});
