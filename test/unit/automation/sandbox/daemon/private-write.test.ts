import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { readIfThere, writeByRename } from "../../../../../automation/sandbox/daemon/private-write";
import { inTemporaryFolder } from "../../../../support/temporary-folder";

describe("private files", () => {
  it("are 0600 and replaced whole; a left-over part of an earlier write is no obstacle", () =>
    inTemporaryFolder((folder) => {
      const file = path.join(folder, "file");
      writeFileSync(`${file}.new`, "part", { mode: 0o644 });
      writeByRename(file, "one");
      writeByRename(file, "two");
      assert.equal(readFileSync(file, "utf8"), "two");
      assert.equal(statSync(file).mode & 0o777, 0o600);
      assert.deepEqual(readdirSync(folder), ["file"]);
    }));

  it("a file that is not there is undefined, any other failure is one", () =>
    inTemporaryFolder((folder) => {
      assert.equal(readIfThere(path.join(folder, "none")), undefined);
      assert.throws(() => readIfThere(folder), { code: "EISDIR" });
    }));
});
