import assert from "node:assert/strict";
import path from "node:path";
import { sandboxFolder } from "../../../../../automation/sandbox/daemon/sandbox-folder";

describe("a sandbox's folder", () => {
  it("holds everything below .sallyport/sandbox", () => {
    const folder = sandboxFolder("/project");
    assert.equal(folder.sandboxFile, "/project/.sallyport/sandbox/sandbox.json");
    assert.deepEqual(
      Object.values(folder).filter((file: string) => file !== folder.root && path.dirname(file) !== folder.root),
      [],
    );
  });
});
