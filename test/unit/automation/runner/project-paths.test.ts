import assert from "node:assert/strict";
import { projectPaths } from "../../../../automation/runner/project-paths";

describe("projectPaths", () => {
  it("keeps what the runner writes under .sallyport, and reads the committed files at the root", () => {
    const paths = projectPaths("/home/x/p", "dev");
    assert.equal(paths.environmentFile, "/home/x/p/Pulumi.dev.yaml");
    for (const written of [paths.stackFolder, paths.snapshotFile, paths.matrixFile])
      assert.ok(written.startsWith("/home/x/p/.sallyport/stacks/dev"), written);
  });
});
