import assert from "node:assert/strict";
import path from "node:path";
import { run } from "../../../../automation/commands/proxy";
import { PersonWorld } from "../../../support/person-world";
import { homeOf, SIGN_IN, signedInContext } from "../../../support/signed-in";
import { inTemporaryFolder } from "../../../support/temporary-folder";

describe("sallyport proxy", () => {
  const refused: [string[], string][] = [
    [["--port", "http"], "--port http: write a whole number from 0 to 65535."],
    [["--port", "65536"], "--port 65536: write a whole number from 0 to 65535."],
    [["--max-connections", "0"], "--max-connections 0: write a whole number from 1 to 10000."],
    [["--socket", "s", "--show-secret"], "A socket needs no secret: leave --rotate-secret and --show-secret out."],
    [["--socket", "s", "--rotate-secret"], "A socket needs no secret: leave --rotate-secret and --show-secret out."],
    [["--socket", "s", "--port", "0"], "--port 0 is known only when the proxy listens: name one, or leave it out."],
    [["app", "app@reader", "--port", "5433"], "--port is for one target; here are 2."],
    [["app", "app@reader", "--print-env"], "--print-env is for one target; here are 2."],
    [["app", "not/a/target"], '"not/a/target" is no target: write cluster[/database][@reader].'],
    [["--print-env", "--port", "0"], "--port 0 is known only when the proxy listens: name one, or leave it out."],
  ];
  for (const [args, message] of refused) {
    it(`refuses ${args.join(" ")}`, () =>
      inTemporaryFolder(async (folder) => {
        await assert.rejects(run(args, signedInContext(folder, SIGN_IN)), { code: "USAGE", exitCode: 2, message });
      }));
  }

  it("shows the secret to people only", () =>
    inTemporaryFolder(async (folder) => {
      await assert.rejects(run(["--show-secret"], signedInContext(folder, SIGN_IN, { json: true })), {
        code: "USAGE",
        message: "--show-secret is for people; with --json read the secretFile.",
      });
    }));

  it("needs a sign-in", () =>
    inTemporaryFolder(async (folder) => {
      await assert.rejects(run([], signedInContext(folder, undefined)), { code: "AUTH_NOT_SIGNED_IN", exitCode: 5 });
    }));

  it("prints the variables of its stable port without opening anything, and never the secret", async () => {
    const world = await PersonWorld.start();
    try {
      await inTemporaryFolder(async (folder) => {
        const context = world.context(folder);
        assert.equal(await run(["--print-env"], context), 0);
        const file = path.join(homeOf(folder), "proxy-secret");
        assert.equal(
          context.out.join(""),
          `export PGHOST='127.0.0.1'\nexport PGPORT='21606'\nexport PGUSER='jane@example.com'\nexport PGDATABASE='app'\n` +
            `export PGSSLMODE='disable'\nexport PGPASSWORD="$(cat '${file}')"\n`,
        );
        assert.deepEqual(world.aws.inputs("StartSession"), []);
      });
    } finally {
      await world.close();
    }
  });

  it("prints its help", () =>
    inTemporaryFolder(async (folder) => {
      const context = signedInContext(folder, undefined);
      assert.equal(await run(["--help"], context), 0);
      assert.match(context.out.join(""), /--socket <folder>[\s\S]*--rotate-secret[\s\S]*Exit codes: 0 ended by Ctrl-C/);
    }));
});
