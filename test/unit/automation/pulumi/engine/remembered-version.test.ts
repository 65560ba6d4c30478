import assert from "node:assert/strict";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { rememberedVersion } from "../../../../../automation/pulumi/engine/remembered-version";
import { scratchFolder, type ScratchFolder } from "../../../../support/scratch-folder";

describe("remembered version", () => {
  let scratch: ScratchFolder;
  let command: string;
  let asked: number;
  beforeEach(() => {
    scratch = scratchFolder();
    command = scratch.script("pulumi", "");
    asked = 0;
  });
  afterEach(() => scratch.remove());
  const version = (answer: string): Promise<string> =>
    rememberedVersion(
      command,
      async () => {
        asked += 1;
        return answer;
      },
      (said) => said.startsWith("3."),
    );

  it("an engine is asked once", async () => {
    assert.equal(await version("3.220.0"), "3.220.0");
    assert.equal(await version("3.221.0"), "3.220.0");
    assert.equal(asked, 1);
    assert.deepEqual(readdirSync(scratch.folder), [".said.json", "pulumi"]);
  });

  it("another file under its name is asked anew", async () => {
    await version("3.220.0");
    scratch.script("pulumi", "echo another");
    assert.equal(await version("3.221.0"), "3.221.0");
  });

  it("an answer of no use is not kept, nor is one found there believed", async () => {
    assert.equal(await version("Segmentation fault"), "Segmentation fault");
    assert.deepEqual(readdirSync(scratch.folder), ["pulumi"]);
    for (const text of ["", "[]", '{"size":1}']) {
      writeFileSync(path.join(scratch.folder, ".said.json"), text);
      assert.equal(await version("2.0.0"), "2.0.0");
    }
  });

  it("where nothing can be kept it is asked each time, and nothing is left behind", async () => {
    mkdirSync(path.join(scratch.folder, ".said.json"));
    for (const answer of ["3.220.0", "3.221.0"]) assert.equal(await version(answer), answer);
    assert.deepEqual(readdirSync(scratch.folder), [".said.json", "pulumi"]);
  });
});
