import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { openStack } from "../../../../automation/pulumi/open-stack";
import { scratchFolder, type ScratchFolder } from "../../../support/scratch-folder";

// What the real engine does with it: test/pulumi/stack-engine.test.ts.
describe("open stack", () => {
  let scratch: ScratchFolder;
  beforeEach(() => (scratch = scratchFolder()));
  afterEach(() => scratch.remove());
  const open = (body: string): ReturnType<typeof openStack> =>
    openStack({
      engine: {
        command: scratch.script("bin/pulumi", `echo "$@" >> "${path.join(scratch.folder, "calls")}"\n${body}`),
        version: "3.220.0",
      },
      project: "toy",
      stack: "dev",
      workDir: path.join(scratch.folder, "work"),
      config: { "aws:region": "eu-west-2", "toy:shape": { sides: 3 } },
      env: { PATH: "/usr/bin:/bin" },
      program: async () => ({}),
    });
  const calls = (): string[] => readFileSync(path.join(scratch.folder, "calls"), "utf8").trim().split("\n");

  it("writes settings as files and spends no call on configuration", async () => {
    await open("true");
    assert.deepEqual(parse(readFileSync(path.join(scratch.folder, "work", "Pulumi.yaml"), "utf8")), {
      name: "toy",
      runtime: "nodejs",
    });
    assert.deepEqual(parse(readFileSync(path.join(scratch.folder, "work", "Pulumi.dev.yaml"), "utf8")), {
      config: { "aws:region": "eu-west-2", "toy:shape": { sides: 3 } },
    });
    assert.deepEqual(calls(), ["stack select --stack dev --non-interactive"]);
  });

  it("a new stack is made", async () => {
    await open(`[ "$2" = init ] || { echo "error: no stack named 'dev' found" >&2; exit 255; }`);
    assert.deepEqual(calls(), ["stack select --stack dev --non-interactive", "stack init dev --non-interactive"]);
  });

  it("what the engine refuses is ENGINE_FAILED with its words", async () => {
    await assert.rejects(open("echo 'error: incorrect passphrase' >&2; exit 255"), {
      code: "ENGINE_FAILED",
      message: "opening of toy/dev failed: error: incorrect passphrase",
    });
  });
});
