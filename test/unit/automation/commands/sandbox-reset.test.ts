import assert from "node:assert/strict";
import { existsSync, writeFileSync } from "node:fs";
import { sandboxReset } from "../../../../automation/commands/sandbox-reset";
import { sandboxFolder } from "../../../../automation/sandbox/daemon/sandbox-folder";
import { FakeAws } from "../../../support/fake-aws";
import { pretendSandbox } from "../../../support/fake-sandbox";
import { recordedContext } from "../../../support/recorded-context";
import { inTemporaryFolder } from "../../../support/temporary-folder";

describe("sallyport sandbox reset", () => {
  it("asks the running sandbox, with its token", () =>
    inTemporaryFolder(async (cwd) => {
      const server = await FakeAws.start();
      try {
        server.on("POST /_sandbox/reset", { json: {} });
        pretendSandbox(cwd, server.url);
        const context = recordedContext(cwd);
        assert.equal(await sandboxReset([], context), 0);
        assert.equal(server.requests[0]?.headers.authorization, "Bearer control-token-1");
        assert.equal(context.events[0]?.text, "the account is empty again");
        server.on("POST /_sandbox/reset", { status: 409, json: "an update runs" });
        await assert.rejects(sandboxReset([], context), {
          code: "SANDBOX_CONTROL_REFUSED",
          message: /409 "an update runs"/,
        });
      } finally {
        await server.close();
      }
    }));

  it("clears the files of one that does not run", () =>
    inTemporaryFolder(async (cwd) => {
      pretendSandbox(cwd, "http://127.0.0.1:1");
      const folder = sandboxFolder(cwd);
      writeFileSync(folder.pidFile, JSON.stringify({ pid: process.pid, startedAt: 1_000 }));
      writeFileSync(folder.passphraseFile, "x");
      const context = recordedContext(cwd);
      assert.equal(await sandboxReset([], context), 0);
      assert.deepEqual([folder.sandboxFile, folder.pidFile, folder.passphraseFile].map(existsSync), [
        false,
        false,
        false,
      ]);
      assert.equal(context.events[0]?.text, "none runs; its files are cleared");
    }));
});
