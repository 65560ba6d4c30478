// Shuffles the order of top-level suites from a seed, so that no test leans on another. SALLYPORT_TEST_SEED repeats an order.
"use strict";
const seedText = process.env.SALLYPORT_TEST_SEED ?? String(Date.now() % 1_000_000);

function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

exports.mochaHooks = {};
exports.mochaGlobalSetup = function announce() {
  process.stdout.write(`  order seed ${seedText}\n`);
};

const Mocha = require("mocha");
const run = Mocha.prototype.run;
Mocha.prototype.run = function seeded(...args) {
  const random = generator(Number(seedText));
  const suites = this.suite.suites;
  for (let i = suites.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1));
    [suites[i], suites[j]] = [suites[j], suites[i]];
  }
  return run.apply(this, args);
};
