import assert from "node:assert/strict";
import { cpSync, existsSync, symlinkSync } from "node:fs";
import path from "node:path";
import { builtCli, makeProject, runCli } from "../support/cli-run";
import { ROOT } from "../support/source-files";

/** `npm start`, as a newcomer runs it: `access.yaml` and `Pulumi.dev.yaml` of the repository, nothing else needed. */
describe("the demo (e2e)", function () {
  this.timeout(300_000);
  const project = makeProject("demo");
  const cwd = project.folder;
  before(() => {
    builtCli();
    // It copies `infra/` of the folder that it is run in.
    cpSync(path.join(ROOT, "infra"), path.join(cwd, "infra"), { recursive: true });
    for (const file of ["package.json", "tsconfig.json"]) cpSync(path.join(ROOT, file), path.join(cwd, file));
    symlinkSync(path.join(ROOT, "node_modules"), path.join(cwd, "node_modules"));
  });
  after(() => project.remove());

  it("shows the whole path, is refused seven times with the right words, and leaves nothing", async () => {
    const demo = await runCli(["demo", "--json"], { cwd, timeoutMs: 280_000 });
    assert.equal(demo.code, 0, `${demo.stdout}\n${demo.stderr}`);
    const stages = [
      ...new Set(demo.events.map(({ stage }) => stage).filter((stage) => stage !== "" && stage !== undefined)),
    ];
    assert.deepEqual(stages, [
      "SANDBOX",
      "Access",
      "Gate",
      "Platform",
      "Door",
      "Database",
      "Sign in",
      "Connect",
      "Refused",
      "Taken down",
    ]);
    const refused = demo.result?.refused as { title: string; held: boolean; words: string }[];
    assert.deepEqual(
      refused.map(({ title, held }) => [title, held]),
      [
        ["a token that she signed for sam@example.com", true],
        ["his permission set through her sign-in", true],
        ["an expired token", true],
        ["another host through the generic document", true],
        ["a server with another name in its certificate", true],
        ["drop table orders, as developer", true],
        ["the bastion opened to 0.0.0.0/0", true],
      ],
    );
    assert.equal(existsSync(path.join(cwd, ".sallyport", "demo")), false);
  });
});
