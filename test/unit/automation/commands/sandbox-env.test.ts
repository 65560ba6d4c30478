import assert from "node:assert/strict";
import { sandboxEnv } from "../../../../automation/commands/sandbox-env";
import { recordedContext } from "../../../support/recorded-context";
import { inTemporaryFolder } from "../../../support/temporary-folder";

describe("sallyport sandbox env", () => {
  it("is for a person or for Pulumi, one of the two", () =>
    inTemporaryFolder(async (cwd) => {
      for (const args of [[], ["--as", "jane@example.com", "--pulumi"]]) {
        await assert.rejects(sandboxEnv(args, recordedContext(cwd)), {
          code: "USAGE",
          message: "Say for whom: --as PERSON or --pulumi, one of the two.",
        });
      }
    }));

  it("needs a running sandbox", () =>
    inTemporaryFolder(async (cwd) => {
      for (const args of [["--pulumi"], ["--as", "jane@example.com"]])
        await assert.rejects(sandboxEnv(args, recordedContext(cwd)), { code: "SANDBOX_NOT_RUNNING" });
    }));
});
