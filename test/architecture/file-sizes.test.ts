import assert from "node:assert/strict";
import path from "node:path";
import { sourceFiles, sourceText } from "../support/source-files";

const SOURCES = sourceFiles(["infra", "automation", "policies"]);
const lines = (file: string): number => sourceText(file).split("\n").length - 1;

describe("file sizes and names", () => {
  it("no source or test file has more than 400 lines", () => {
    assert.deepEqual(
      [...SOURCES, ...sourceFiles(["test"])].filter((file) => lines(file) > 400),
      [],
    );
  });

  it("half of the source files have at most 80 lines", () => {
    const sorted = SOURCES.map(lines).sort((a, b) => a - b);
    assert.ok((sorted[Math.floor(sorted.length / 2)] ?? 0) <= 80, `median ${sorted[Math.floor(sorted.length / 2)]}`);
  });

  it("names are kebab-case and say one thing", () => {
    const bad = SOURCES.filter(
      (file) =>
        !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(path.basename(file, ".ts")) ||
        /^(utils?|helpers?|common|misc)$/.test(path.basename(file, ".ts")),
    );
    assert.deepEqual(bad, []);
  });
});
