import assert from "node:assert/strict";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { loadFiles } from "../../../../automation/runner/load-files";
import { projectPaths } from "../../../../automation/runner/project-paths";
import { keepAccess, planAccess } from "../../../../automation/runner/read-access";
import { ROOT } from "../../../support/source-files";

const SNAPSHOT = {
  users: [
    { userId: "u-jane", userName: "jane@example.com" },
    { userId: "u-sam", userName: "sam@example.com" },
  ],
  groups: [
    { groupId: "g-analysts", displayName: "Analysts", members: ["u-sam"] },
    { groupId: "g-engineers", displayName: "Engineers", members: ["u-jane"] },
  ],
};

describe("planAccess", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), "sallyport-access-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("says everything at first, nothing after it was kept, and only what changed later", async () => {
    const files = await loadFiles(projectPaths(ROOT, "dev"), "dev");
    const paths = projectPaths(folder, "dev");
    const first = await planAccess(files, SNAPSHOT, paths);
    assert.deepEqual(
      first.changes.map((change) => `${change.kind} ${change.loginName} ${change.role}`),
      ["gained jane@example.com developer", "gained jane@example.com--admin admin", "gained sam@example.com readonly"],
    );
    await keepAccess(first, paths);
    assert.equal(statSync(paths.snapshotFile).mode & 0o777, 0o600);
    assert.deepEqual((await planAccess(files, SNAPSHOT, paths)).changes, []);
    const left = {
      ...SNAPSHOT,
      groups: SNAPSHOT.groups.map((group) => ({
        ...group,
        members: group.displayName === "Analysts" ? [] : group.members,
      })),
    };
    assert.deepEqual(
      (await planAccess(files, left, paths)).changes.map((change) => `${change.kind} ${change.loginName}`),
      ["lost sam@example.com"],
    );
  });

  it("a damaged record of the last run makes everything new, not an error", async () => {
    const files = await loadFiles(projectPaths(ROOT, "dev"), "dev");
    const paths = projectPaths(folder, "dev");
    await keepAccess(await planAccess(files, SNAPSHOT, paths), paths);
    writeFileSync(paths.matrixFile, "{");
    assert.equal((await planAccess(files, SNAPSHOT, paths)).changes.length, 3);
  });

  it("a person and a group that the directory does not have are named together, with paths", async () => {
    const files = await loadFiles(projectPaths(ROOT, "dev"), "dev");
    await assert.rejects(
      planAccess(
        files,
        {
          users: [],
          groups: [
            SNAPSHOT.groups[1] ? { ...SNAPSHOT.groups[1], members: [] } : { groupId: "", displayName: "", members: [] },
          ],
        },
        projectPaths(folder, "dev"),
      ),
      (error: Error & { code?: string }) => {
        assert.equal(error.code, "CONFIG_INVALID");
        assert.match(error.message, /access\.yaml: access\[0\]\.group: seen "Analysts"/);
        assert.match(error.message, /access\.yaml: access\[2\]\.person: seen "jane@example\.com"/);
        return true;
      },
    );
  });
});
