import assert from "node:assert/strict";
import { chmodSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { engineAssetsFolder } from "../../../../../automation/pulumi/engine/engine-assets";
import { HELPER_MARK, placeHelpers } from "../../../../../automation/pulumi/engine/helper-programs";
import { scratchFolder, type ScratchFolder } from "../../../../support/scratch-folder";

describe("helper programs", () => {
  let scratch: ScratchFolder;
  beforeEach(() => (scratch = scratchFolder()));
  afterEach(() => scratch.remove());
  const at = (name: string): string => path.join(scratch.folder, name);

  it("both are placed as executable Node scripts that name no folder of this checkout", async () => {
    await placeHelpers(scratch.folder, engineAssetsFolder());
    for (const name of ["pulumi-language-nodejs", "pulumi-analyzer-policy"]) {
      const text = readFileSync(at(name), "utf8");
      assert.ok(text.startsWith(HELPER_MARK));
      assert.equal(text.includes(engineAssetsFolder()), false);
      assert.equal(statSync(at(name)).mode & 0o111, 0o111);
    }
  });

  it("an older one of ours is renewed, an official one is left alone", async () => {
    writeFileSync(at("pulumi-language-nodejs"), `${HELPER_MARK}old`);
    writeFileSync(at("pulumi-analyzer-policy"), "#!/bin/sh\nofficial");
    chmodSync(at("pulumi-analyzer-policy"), 0o755);
    await placeHelpers(scratch.folder, engineAssetsFolder());
    assert.notEqual(readFileSync(at("pulumi-language-nodejs"), "utf8"), `${HELPER_MARK}old`);
    assert.equal(readFileSync(at("pulumi-analyzer-policy"), "utf8"), "#!/bin/sh\nofficial");
  });
});
