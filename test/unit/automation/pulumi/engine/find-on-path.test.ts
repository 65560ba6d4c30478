import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { findOnPath, isExecutable } from "../../../../../automation/pulumi/engine/find-on-path";
import { scratchFolder, type ScratchFolder } from "../../../../support/scratch-folder";

describe("find on PATH", () => {
  let scratch: ScratchFolder;
  beforeEach(() => (scratch = scratchFolder()));
  afterEach(() => scratch.remove());
  const at = (...parts: string[]): string => path.join(scratch.folder, ...parts);

  it("the first executable file of that name wins; folders and plain files do not count", async () => {
    mkdirSync(at("a", "tool"), { recursive: true });
    mkdirSync(at("b"));
    writeFileSync(at("b", "tool"), "", { mode: 0o644 });
    const wanted = scratch.script("c/tool", "");
    scratch.script("d/tool", "");
    const PATH = ["a", "b", "c", "d"].map((name) => at(name)).join(path.delimiter);
    assert.equal(await findOnPath("tool", { PATH }), wanted);
    assert.equal(await findOnPath("other", { PATH }), undefined);
    assert.equal(await findOnPath("tool", {}), undefined);
  });

  it("relative and excepted folders are passed over", async () => {
    scratch.script("c/tool", "");
    assert.equal(
      await findOnPath("tool", { PATH: `.${path.delimiter}${path.delimiter}${path.relative(process.cwd(), at("c"))}` }),
      undefined,
    );
    assert.equal(await findOnPath("tool", { PATH: at("c") }, [at("c")]), undefined);
  });

  it("a folder is not executable, a script is", async () => {
    assert.equal(await isExecutable(scratch.folder), false);
    assert.equal(await isExecutable(scratch.script("x", "")), true);
  });
});
