import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { policyPackFolder } from "../../../../automation/runner/policy-pack";
import { scratchFolder, type ScratchFolder } from "../../../support/scratch-folder";

describe("the policy pack's folder", () => {
  let scratch: ScratchFolder;
  beforeEach(() => {
    scratch = scratchFolder();
  });
  afterEach(() => scratch.remove());

  for (const from of [["dist"], ["automation", "runner"]])
    it(`is found from ${from.join("/")}`, () => {
      const pack = path.join(scratch.folder, "policies");
      mkdirSync(path.join(pack, "dist"), { recursive: true });
      for (const part of ["index.js", "library.js"]) writeFileSync(path.join(pack, "dist", part), "");
      assert.equal(policyPackFolder(path.join(scratch.folder, ...from)), pack);
    });

  it("half a pack counts as none", () => {
    mkdirSync(path.join(scratch.folder, "policies", "dist"), { recursive: true });
    writeFileSync(path.join(scratch.folder, "policies", "dist", "index.js"), "");
    assert.throws(() => policyPackFolder(path.join(scratch.folder, "dist")), { code: "POLICY_PACK_MISSING" });
  });

  it("a pack that was not built is an error, not a gate that lets everything through", () => {
    assert.throws(() => policyPackFolder(path.join(scratch.folder, "dist")), {
      code: "POLICY_PACK_MISSING",
      next: "npm run build",
    });
  });
});
