import assert from "node:assert/strict";
import { existsSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { claimPidFile, isAlive, readPidFile, releasePidFile } from "../../../../../automation/sandbox/daemon/pid-file";
import { inTemporaryFolder } from "../../../../support/temporary-folder";

const MARK = { pid: 4711, startedAt: 1_700_000_000_000 };

describe("a pid file", () => {
  it("has one owner, who alone takes it away", () =>
    inTemporaryFolder((folder) => {
      const file = path.join(folder, "pid");
      assert.equal(claimPidFile(file, MARK), true);
      assert.equal(claimPidFile(file, { pid: 1, startedAt: 0 }), false);
      assert.deepEqual(readPidFile(file), MARK);
      assert.equal(statSync(file).mode & 0o777, 0o600);
      releasePidFile(file, { pid: 1, startedAt: 0 });
      assert.equal(existsSync(file), true);
      releasePidFile(file, MARK);
      assert.equal(existsSync(file), false);
    }));

  it("that is missing or cannot be read names nobody", () =>
    inTemporaryFolder((folder) => {
      const file = path.join(folder, "pid");
      assert.equal(readPidFile(file), undefined);
      for (const text of ["", "{", "null", '{"pid":"1","startedAt":2}', '{"pid":1}']) {
        writeFileSync(file, text);
        assert.equal(readPidFile(file), undefined, text);
      }
    }));

  it("a later process with the same number is another one", async () => {
    const began = (at: number | undefined) => () => Promise.resolve(at);
    assert.equal(await isAlive(MARK, began(MARK.startedAt + 2_000)), true);
    assert.equal(await isAlive(MARK, began(MARK.startedAt + 60_000)), false);
    assert.equal(await isAlive(MARK, began(undefined)), false);
  });
});
