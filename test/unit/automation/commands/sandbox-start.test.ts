import assert from "node:assert/strict";
import { sandboxStart } from "../../../../automation/commands/sandbox-start";
import { FakeAws } from "../../../support/fake-aws";
import { pretendSandbox } from "../../../support/fake-sandbox";
import { recordedContext } from "../../../support/recorded-context";
import { inTemporaryFolder } from "../../../support/temporary-folder";

describe("sallyport sandbox start", () => {
  it("refuses ports and speeds that are none", () =>
    inTemporaryFolder(async (cwd) => {
      for (const [option, value] of [
        ["--port", "65536"],
        ["--port", "http"],
        ["--port", "-1"],
        ["--speed", "0"],
        ["--speed", "1.5"],
      ] as const) {
        await assert.rejects(sandboxStart([`${option}=${value}`], recordedContext(cwd)), { code: "USAGE" }, value);
      }
    }));

  it("does not start a second one", () =>
    inTemporaryFolder(async (cwd) => {
      pretendSandbox(cwd, "http://127.0.0.1:1");
      for (const args of [[], ["--detach"], ["--up"]]) {
        await assert.rejects(sandboxStart(args, recordedContext(cwd)), {
          code: "SANDBOX_RUNNING",
          message: `A sandbox already runs in this folder (pid ${process.pid}).`,
        });
      }
    }));

  it("with --up --detach it deploys into the one that runs", () =>
    inTemporaryFolder(async (cwd) => {
      const server = await FakeAws.start();
      try {
        server.on("GET /_sandbox/runner", {
          json: { accessKeyId: "AKIA1", secretAccessKey: "runner-secret", region: "eu-west-2" },
        });
        pretendSandbox(cwd, server.url);
        const context = {
          ...recordedContext(cwd, { env: { PATH: process.env.PATH ?? "" } }),
          cliCommand: [process.execPath, "-e", "process.exit(process.argv[1] === 'up' ? 6 : 1)", "--"],
        };
        assert.equal(await sandboxStart(["--up", "--detach"], context), 6);
      } finally {
        await server.close();
      }
    }));
});
