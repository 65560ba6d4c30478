import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { run } from "../../../../automation/commands/connect";
import { SIGN_IN, signedInContext } from "../../../support/signed-in";
import { inTemporaryFolder } from "../../../support/temporary-folder";

describe("sallyport connect", () => {
  it("says what to do with too much SQL, or with a file that is not there", () =>
    inTemporaryFolder(async (folder) => {
      const context = signedInContext(folder, SIGN_IN);
      await assert.rejects(run(["--command", "x", "--file", "y"], context), {
        code: "USAGE",
        message: "Give --command or --file, not both.",
      });
      await assert.rejects(run(["--file", "missing.sql"], context), {
        code: "USAGE",
        message: "--file missing.sql cannot be read.",
      });
    }));

  it("without SQL and without psql says what works without it, before anything is opened", () =>
    inTemporaryFolder(async (folder) => {
      const context = signedInContext(folder, undefined, { env: { PATH: folder } });
      await assert.rejects(run([], context), {
        code: "PSQL_NOT_FOUND",
        exitCode: 2,
        message: "psql was not found on PATH.",
        next: 'sallyport connect --command "select current_user", or sallyport proxy with any other client',
      });
      writeFileSync(path.join(folder, "psql"), "", { mode: 0o600 });
      await assert.rejects(run([], context), {
        code: "PSQL_NOT_FOUND",
        message: "psql was found on PATH and cannot be executed.",
      });
    }));

  it("without SQL has no answer in JSON", () =>
    inTemporaryFolder(async (folder) => {
      await assert.rejects(run([], signedInContext(folder, SIGN_IN, { json: true })), {
        code: "USAGE",
        next: 'sallyport connect --json --command "select current_user"',
      });
    }));

  it("with psql there goes on to the sign-in, and writes how it ended to --events", () =>
    inTemporaryFolder(async (folder) => {
      writeFileSync(path.join(folder, "psql"), "#!/bin/sh\n", { mode: 0o700 });
      const context = signedInContext(folder, undefined, { env: { PATH: folder } });
      await assert.rejects(run(["--events", "e"], context), { code: "AUTH_NOT_SIGNED_IN" });
      const { type, ok, exitCode, code } = JSON.parse(readFileSync(path.join(folder, "e"), "utf8")) as Record<
        string,
        unknown
      >;
      assert.deepEqual([type, ok, exitCode, code], ["result", false, 5, "AUTH_NOT_SIGNED_IN"]);
    }));

  it("refuses a target or a time that cannot be read", () =>
    inTemporaryFolder(async (folder) => {
      const context = signedInContext(folder, SIGN_IN);
      await assert.rejects(run(["a/b/c", "--command", "x"], context), {
        code: "USAGE",
        message: '"a/b/c" is no target: write cluster[/database][@reader].',
      });
      await assert.rejects(run(["--command", "x", "--connect-timeout", "soon"], context), { code: "USAGE" });
    }));

  it("needs a sign-in, and one that leads somewhere", () =>
    inTemporaryFolder(async (folder) => {
      await assert.rejects(run(["--command", "x"], signedInContext(folder, undefined)), {
        code: "AUTH_NOT_SIGNED_IN",
        exitCode: 5,
      });
      await assert.rejects(
        run(["--command", "x"], signedInContext(folder, { ...SIGN_IN, expiresAt: "2020-01-01T00:00:00Z" })),
        { code: "AUTH_SIGN_IN_EXPIRED" },
      );
      const context = signedInContext(folder, SIGN_IN);
      await assert.rejects(run(["--command", "x"], context), { code: "SANDBOX_NOT_RUNNING", exitCode: 6 });
      assert.match(context.err.join(""), /^SANDBOX/);
      assert.deepEqual(context.out, []);
    }));

  it("prints its help", () =>
    inTemporaryFolder(async (folder) => {
      const context = signedInContext(folder, undefined);
      assert.equal(await run(["--help"], context), 0);
      assert.match(context.out.join(""), /--command <sql>[\s\S]*Exit codes:/);
    }));
});
