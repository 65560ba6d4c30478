import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { exportLines, shellWord } from "../../../../../automation/sandbox/daemon/export-lines";

describe("export lines", () => {
  it("are one per variable, quoted", () => {
    assert.equal(exportLines({ A: "b c", D: "it's" }), "export A='b c'\nexport D='it'\\''s'\n");
  });

  it("refuse a name that a shell would run as something else", () => {
    assert.throws(() => exportLines({ "A;rm": "b" }), /A;rm is no variable's name/);
  });

  it("give any text back through a real shell", () => {
    const text = fc.string({ unit: "binary-ascii" }).filter((value) => !value.includes("\0"));
    fc.assert(
      fc.property(text, (value) => {
        assert.equal(execFileSync("/bin/sh", ["-c", `printf %s ${shellWord(value)}`], { encoding: "utf8" }), value);
      }),
      { numRuns: 25 },
    );
  });
});
