import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { childEntry } from "../../../../../automation/runner/stack-child/child-entry";
import { scratchFolder } from "../../../../support/scratch-folder";
import { ROOT } from "../../../../support/source-files";

describe("child entry", () => {
  it("from sources it is main.ts on ts-node with our tsconfig, all by absolute paths", () => {
    const { execArgv, file, env } = childEntry();
    assert.equal(file, path.join(ROOT, "automation", "runner", "stack-child", "main.ts"));
    assert.deepEqual(env, { TS_NODE_PROJECT: path.join(ROOT, "tsconfig.json") });
    assert.deepEqual([execArgv[0], path.isAbsolute(execArgv[1] ?? "")], ["-r", true]);
  });

  it("beside the bundle it is the bundled child on plain Node", () => {
    const scratch = scratchFolder();
    try {
      const file = path.join(scratch.folder, "stack-child.cjs");
      writeFileSync(file, "");
      assert.deepEqual(childEntry(scratch.folder), { execArgv: [], file });
    } finally {
      scratch.remove();
    }
  });
});
