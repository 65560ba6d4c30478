import assert from "node:assert/strict";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { findProgram } from "../../../../automation/client/find-program";
import { inTemporaryFolder } from "../../../support/temporary-folder";

describe("finding a program", () => {
  const place = (folder: string, name: string, mode: number): string => {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, "#!/bin/sh\n");
    chmodSync(file, mode);
    return file;
  };

  it("takes the first executable one along PATH", () =>
    inTemporaryFolder((folder) => {
      place(folder, "a/tool", 0o600);
      const file = place(folder, "b/tool", 0o700);
      const at = { path: `${folder}/a:${folder}/b`, cwd: "/", platform: "linux" } as const;
      assert.deepEqual(findProgram("tool", at), { kind: "found", file });
      assert.deepEqual(findProgram("tool", { ...at, path: `${folder}/a` }), {
        kind: "notExecutable",
        file: path.join(folder, "a/tool"),
      });
      assert.deepEqual(findProgram("tool", { ...at, path: undefined }), { kind: "missing" });
    }));

  it("takes a name with a slash as a path from where we are; a folder is no program", () =>
    inTemporaryFolder((folder) => {
      const file = place(folder, "b/tool", 0o700);
      const at = { path: "/nowhere", cwd: folder, platform: "linux" } as const;
      assert.deepEqual(findProgram("./b/tool", at), { kind: "found", file });
      assert.deepEqual(findProgram("./b", at), { kind: "notExecutable", file: path.join(folder, "b") });
      assert.deepEqual(findProgram("./c", at), { kind: "missing" });
    }));

  it("leaves endings to Windows", () => {
    assert.deepEqual(findProgram("psql", { path: "", cwd: "/", platform: "win32" }), { kind: "found", file: "psql" });
  });
});
