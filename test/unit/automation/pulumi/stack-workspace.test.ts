import assert from "node:assert/strict";
import { mkdirSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { prepareWorkDir, readEncryption, splitConfig } from "../../../../automation/pulumi/stack-workspace";
import { scratchFolder, type ScratchFolder } from "../../../support/scratch-folder";

describe("stack workspace", () => {
  let scratch: ScratchFolder;
  beforeEach(() => (scratch = scratchFolder()));
  afterEach(() => scratch.remove());

  it("is made private, also when it was not", async () => {
    const folder = path.join(scratch.folder, "a", "b");
    mkdirSync(folder, { recursive: true, mode: 0o755 });
    await prepareWorkDir(folder);
    assert.equal(statSync(folder).mode & 0o777, 0o700);
  });

  it("a repository is refused", async () => {
    mkdirSync(path.join(scratch.folder, ".git"));
    await assert.rejects(prepareWorkDir(scratch.folder), {
      code: "INTERNAL",
      message: `The engine must not work in ${scratch.folder}: it is a repository.`,
    });
  });

  it("encryption keys of an earlier run are kept, its configuration is not", async () => {
    assert.deepEqual(await readEncryption(scratch.folder, "dev"), {});
    writeFileSync(path.join(scratch.folder, "Pulumi.dev.yaml"), "encryptionsalt: v1:abc\nconfig:\n  aws:region: x\n");
    assert.deepEqual(await readEncryption(scratch.folder, "dev"), { encryptionsalt: "v1:abc" });
  });

  it("a secret is an object with `secret` and nothing else", () => {
    const config = {
      "a:plain": "x",
      "a:list": ["y"],
      "a:none": null,
      "a:shape": { secret: "s", sides: 3 },
      "a:nested": { secret: { deep: 1 } },
      "a:key": { secret: "s" },
    };
    const { "a:key": _key, ...plain } = config;
    assert.deepEqual(splitConfig(config), { plain, secret: { "a:key": "s" } });
  });
});
