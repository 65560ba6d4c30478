// The spec reporter, but quiet about what passed outside a terminal; it names what took longest, and writes the counts for test/run.mjs.
"use strict";
const { writeFileSync } = require("node:fs");
const path = require("node:path");
const Mocha = require("mocha");
const Base = process.stdout.isTTY ? Mocha.reporters.Spec : Mocha.reporters.Dot;

/** Files shown; a file's time has that of its hooks in it. */
const SHOWN = 6;

module.exports = class CountingReporter extends Base {
  constructor(runner, options) {
    super(runner, options);
    const files = new Map();
    let file;
    let begun = Date.now();
    const turn = (next) => {
      if (file !== undefined) files.set(file, (files.get(file) ?? 0) + Date.now() - begun);
      [file, begun] = [next, Date.now()];
    };
    runner.on("suite", (suite) => {
      if (suite.file !== undefined && suite.file !== file) turn(suite.file);
    });
    runner.once("end", () => {
      turn(undefined);
      const longest = [...files].sort((a, b) => b[1] - a[1]).slice(0, SHOWN);
      const line = ([name, ms]) => `${path.basename(name, ".test.ts")} ${(ms / 1000).toFixed(0)} s`;
      if (!process.stdout.isTTY) process.stdout.write(`  longest: ${longest.map(line).join(", ")}\n`);
      const counts = process.env.SALLYPORT_TEST_COUNTS;
      if (counts) writeFileSync(counts, JSON.stringify({ passed: this.stats.passes, failed: this.stats.failures }));
    });
  }
};
