import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { changedProgram, makeDemoProject, OPEN_BASTION } from "../../../../automation/demo/demo-project";
import { ROOT, sourceText } from "../../../support/source-files";
import { scratchFolder, type ScratchFolder } from "../../../support/scratch-folder";

describe("the demo's project", () => {
  let scratch: ScratchFolder;
  beforeEach(() => {
    scratch = scratchFolder();
    for (const file of ["access.yaml", "Pulumi.yaml", "Pulumi.dev.yaml"])
      writeFileSync(path.join(scratch.folder, file), sourceText(file));
  });
  afterEach(() => scratch.remove());

  it("is made anew from the committed files, in a private folder", () => {
    const folder = makeDemoProject(scratch.folder);
    writeFileSync(path.join(folder, "leftover"), "");
    assert.equal(makeDemoProject(scratch.folder), folder);
    assert.equal(existsSync(path.join(folder, "leftover")), false);
    assert.equal(readFileSync(path.join(folder, "access.yaml"), "utf8"), sourceText("access.yaml"));
    assert.equal(statSync(folder).mode & 0o777, 0o700);
  });

  it("the opened bastion is our own program with one rule more", () => {
    const folder = changedProgram(ROOT, path.join(scratch.folder, "opened"), OPEN_BASTION);
    const changed = readFileSync(path.join(folder, OPEN_BASTION.file), "utf8");
    assert.equal(changed.replace(OPEN_BASTION.replace, OPEN_BASTION.find), sourceText(OPEN_BASTION.file));
    assert.match(changed, /cidrIpv4: "0\.0\.0\.0\/0"/);
  });

  it("a text that does not stand exactly once is an error, not another demo", () => {
    mkdirSync(path.join(scratch.folder, "other"));
    const change = { file: path.join("infra", "platform.ts"), find: "no such text", replace: "" };
    assert.throws(() => changedProgram(ROOT, path.join(scratch.folder, "other"), change), {
      message: `${change.file}: "no such text" stands 0 times`,
    });
  });
});
