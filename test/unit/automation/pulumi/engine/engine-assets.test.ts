import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import path from "node:path";
import { engineAssetsFolder } from "../../../../../automation/pulumi/engine/engine-assets";
import { ROOT } from "../../../../support/source-files";

describe("engine assets", () => {
  it("are found from the sources and from the bundle's folder", () => {
    const wanted = path.join(ROOT, "automation", "pulumi", "engine");
    assert.equal(engineAssetsFolder(), wanted);
    assert.equal(engineAssetsFolder(path.join(ROOT, "dist")), wanted);
  });

  it("hold the helper sources and the pinned Go module", () => {
    for (const name of ["language-host.cjs", "analyzer.cjs", "go-module/go.mod", "go-module/go.sum"]) {
      assert.ok(existsSync(path.join(engineAssetsFolder(), name)), name);
    }
  });
});
