// The spec reporter, but quiet about what passed outside a terminal, and with the counts written for test/run.mjs.
"use strict";
const { writeFileSync } = require("node:fs");
const Mocha = require("mocha");
const Base = process.stdout.isTTY ? Mocha.reporters.Spec : Mocha.reporters.Dot;

module.exports = class CountingReporter extends Base {
  constructor(runner, options) {
    super(runner, options);
    runner.once("end", () => {
      const file = process.env.SALLYPORT_TEST_COUNTS;
      if (file) writeFileSync(file, JSON.stringify({ passed: this.stats.passes, failed: this.stats.failures }));
    });
  }
};
