import assert from "node:assert/strict";
import { chmodSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { readPrivateFile, removeFile, writePrivateFile } from "../../../../automation/auth/private-file";
import { inTemporaryFolder } from "../../../support/temporary-folder";

const mode = (name: string): string => (statSync(name).mode & 0o777).toString(8);

describe("private files", () => {
  it("are 0600 in a 0700 folder, also where the folder was open before", () =>
    inTemporaryFolder((folder) => {
      const home = path.join(folder, "a", "home");
      mkdirSync(home, { recursive: true, mode: 0o755 });
      const file = path.join(home, "x.json");
      writePrivateFile(file, "one", "r1");
      writePrivateFile(file, "two", "r2");
      assert.deepEqual([mode(home), mode(file)], ["700", "600"]);
      assert.deepEqual(readdirSync(home), ["x.json"]);
      assert.deepEqual(readPrivateFile(file), { text: "two", open: false });
    }));

  it("never follow a name that is taken, and leave the old text then", () =>
    inTemporaryFolder((folder) => {
      const file = path.join(folder, "x.json");
      writePrivateFile(file, "one", "r1");
      mkdirSync(`${file}.r2`);
      assert.throws(() => writePrivateFile(file, "two", "r2"));
      assert.equal(readPrivateFile(file)?.text, "one");
    }));

  it("tell when others may read them, and when they are missing", () =>
    inTemporaryFolder((folder) => {
      const file = path.join(folder, "x.json");
      assert.equal(readPrivateFile(file), undefined);
      assert.equal(readPrivateFile(path.join(file, "below")), undefined);
      writeFileSync(file, "text");
      chmodSync(file, 0o644);
      assert.equal(readPrivateFile(file)?.open, true);
      assert.equal(removeFile(file), true);
      assert.equal(removeFile(file), false);
    }));
});
