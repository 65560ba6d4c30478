import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import {
  backendFolder,
  isOwnerGone,
  parseLock,
  readLocks,
  type LockOwner,
} from "../../../../automation/pulumi/stack-lock";
import { scratchFolder } from "../../../support/scratch-folder";

const TEXT = '{"pid":4711,"username":"jane","hostname":"laptop","timestamp":"2026-02-10T10:00:00.5Z"}';
const OWNER: LockOwner = {
  pid: 4711,
  username: "jane",
  hostname: "laptop",
  takenAt: Date.UTC(2026, 1, 10, 10, 0, 0, 500),
};

describe("stack lock", () => {
  it("lock files of a file backend are read, attributes and half-written ones are not", async () => {
    const scratch = scratchFolder();
    try {
      const locks = path.join(scratch.folder, ".pulumi", "locks", "organization", "toy", "dev");
      mkdirSync(locks, { recursive: true });
      writeFileSync(path.join(locks, "1.json"), TEXT);
      writeFileSync(path.join(locks, "1.json.attrs"), "{}");
      writeFileSync(path.join(locks, "2.json"), '{"pid":');
      assert.deepEqual(await readLocks(`file://${scratch.folder}`, "toy", "dev"), [OWNER]);
      assert.deepEqual(await readLocks(`file://${scratch.folder}`, "toy", "prod"), []);
    } finally {
      scratch.remove();
    }
  });

  it("other backends have no lock files that we read", async () => {
    assert.equal(backendFolder("s3://bucket?region=x"), undefined);
    assert.equal(backendFolder("file://~"), undefined);
    assert.equal(backendFolder("file:///a%20b?no_tmp_dir=true"), "/a b");
    assert.deepEqual(await readLocks("s3://bucket", "toy", "dev"), []);
  });

  it("what is no lock is nothing", () => {
    assert.deepEqual(parseLock(TEXT), [OWNER]);
    for (const text of [
      "",
      "[]",
      "{}",
      '{"pid":"7","hostname":"x","timestamp":"2026-02-10T10:00:00Z"}',
      '{"pid":7,"hostname":"x","timestamp":"then"}',
    ])
      assert.deepEqual(parseLock(text), []);
  });

  it("an owner is gone when its pid is free or belongs to a younger process, on this host only", async () => {
    const startedAt = (at: number | undefined): { startedAt: () => Promise<number | undefined> } => ({
      startedAt: async () => at,
    });
    assert.equal(await isOwnerGone(OWNER, "laptop", startedAt(undefined)), true);
    assert.equal(await isOwnerGone(OWNER, "laptop", startedAt(OWNER.takenAt - 1000)), false);
    assert.equal(await isOwnerGone(OWNER, "laptop", startedAt(OWNER.takenAt + 60_000)), true);
    assert.equal(await isOwnerGone(OWNER, "other", startedAt(undefined)), false);
  });
});
