import assert from "node:assert/strict";
import { upInSandbox } from "../../../../automation/commands/sandbox-up";
import { FakeAws } from "../../../support/fake-aws";
import { pretendSandbox } from "../../../support/fake-sandbox";
import { recordedContext, type RecordedContext } from "../../../support/recorded-context";
import { inTemporaryFolder } from "../../../support/temporary-folder";

describe("up in the sandbox", () => {
  const within = (
    body: (context: RecordedContext, run: (code: string) => Promise<number>) => Promise<void>,
    json = false,
  ): Promise<void> =>
    inTemporaryFolder(async (cwd) => {
      const server = await FakeAws.start();
      try {
        server.on("GET /_sandbox/runner", {
          json: { accessKeyId: "AKIA1", secretAccessKey: "runner-secret", region: "eu-west-2" },
        });
        pretendSandbox(cwd, server.url);
        const context = recordedContext(cwd, { env: { PATH: process.env.PATH ?? "", AWS_PROFILE: "prod" }, json });
        await body(context, (code) => upInSandbox({ ...context, cliCommand: [process.execPath, "-e", code, "--"] }));
      } finally {
        await server.close();
      }
    });

  it("is the up command as a child, in a runner's environment", () =>
    within(async (context, run) => {
      const code = await run(
        "console.log(JSON.stringify([process.argv.slice(1), process.env.AWS_ACCESS_KEY_ID, process.env.AWS_PROFILE ?? null, process.env.PULUMI_HOME])); process.exit(7)",
      );
      assert.equal(code, 7);
      assert.deepEqual(JSON.parse(context.out.join("")), [
        ["up", "--env", "dev", "--yes"],
        "AKIA1",
        null,
        `${context.cwd}/.sallyport/sandbox/pulumi-home`,
      ]);
    }));

  it("hands on --json, and shows no secret", () =>
    within(async (context, run) => {
      assert.equal(await run("console.log(process.argv.at(-1)); console.error(process.env.AWS_SECRET_ACCESS_KEY)"), 0);
      assert.deepEqual([context.out.join("").trim(), context.err.join("").trim()], ["--json", "«redacted»"]);
    }, true));
});
