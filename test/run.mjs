// Runs the levels of the test suite and closes with `N passed, N failed` alone on a line.
//   npm test            every level          npm run check         types, lint, format only
//   node … LEVEL …      the levels named: check unit pulumi e2e security mutations
// On two processors or more, two levels run beside each other; each level's output is printed whole when it ends.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";

const MOCHA_LEVELS = {
  unit: ["test/unit", "test/architecture"],
  pulumi: ["test/pulumi"],
  e2e: ["test/e2e"],
  security: ["test/security"],
  mutations: ["test/mutations"],
};
const LEVELS = ["check", ...Object.keys(MOCHA_LEVELS)];
/** The longest first, so that the two lanes end together. */
const ORDER = ["e2e", "mutations", "unit", "pulumi", "check", "security"];
const NEEDS_ENGINE = ["pulumi", "e2e", "security", "mutations"];
const CHECKS = [
  ["types", "tsc", ["--noEmit", "-p", "."]],
  ["lint", "eslint", ["--max-warnings", "0", "."]],
  ["format", "prettier", ["--check", "--log-level", "warn", "."]],
];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((level) => !LEVELS.includes(level));
if (unknown.length > 0) {
  process.stderr.write(`✗ no such level: ${unknown.join(", ")}. Levels: ${LEVELS.join(" ")}\n`);
  process.exit(2);
}
const queue = ORDER.filter((name) => wanted.length === 0 || wanted.includes(name));
const lanes = queue.length > 1 && os.availableParallelism() > 1 ? 2 : 1;
const has = (folder) =>
  existsSync(folder) && readdirSync(folder, { recursive: true }).some((name) => String(name).endsWith(".test.ts"));

/** Runs a program of node_modules/.bin (or this Node); its output goes to `print`. Answers the exit code. */
function run(command, args, print, env = {}) {
  return new Promise((resolve) => {
    const program = command === "node" ? process.execPath : path.join("node_modules", ".bin", command);
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...env } });
    child.stdout.on("data", print);
    child.stderr.on("data", print);
    child.on("close", (code) => resolve(code ?? 1));
    child.on("error", () => resolve(1));
  });
}

async function check(print) {
  let failed = 0;
  for (const [name, command, args] of CHECKS) {
    const code = await run(command, args, print);
    print(`  ${code === 0 ? "✓" : "✗"} ${name}\n`);
    if (code !== 0) failed += 1;
  }
  return { passed: CHECKS.length - failed, failed };
}

async function mocha(level, print) {
  const folders = MOCHA_LEVELS[level].filter(has);
  if (folders.length === 0) {
    print("  ✗ no test of this level was found\n");
    return { passed: 0, failed: 1 };
  }
  const counts = path.join(".sallyport", "test", `${level}.json`);
  mkdirSync(path.dirname(counts), { recursive: true });
  rmSync(counts, { force: true });
  const args = ["--reporter", "test/support/counting-reporter.cjs", ...folders.map((name) => `${name}/**/*.test.ts`)];
  const code = await run("mocha", args, print, { SALLYPORT_TEST_COUNTS: counts });
  const seen = existsSync(counts) ? JSON.parse(readFileSync(counts, "utf8")) : { passed: 0, failed: 0 };
  return { passed: seen.passed, failed: seen.failed + (code !== 0 && seen.failed === 0 ? 1 : 0) };
}

const write = (text) => void process.stdout.write(text);
const total = { passed: 0, failed: 0 };
// A cold build of the engine takes minutes, which is no test's time.
if (queue.some((level) => NEEDS_ENGINE.includes(level))) {
  const prepared = await run(
    "node",
    ["-r", "ts-node/register/transpile-only", "test/support/prepare-engine.ts"],
    write,
  );
  if (prepared !== 0) total.failed += 1;
}
const lane = async () => {
  for (let level = queue.shift(); level !== undefined; level = queue.shift()) {
    const begun = Date.now();
    const said = [];
    const print = lanes === 1 ? write : (text) => void said.push(Buffer.from(text));
    write(lanes === 1 ? `\n== ${level}\n` : `  ${level} begins\n`);
    const { passed, failed } = await (level === "check" ? check(print) : mocha(level, print));
    total.passed += passed;
    total.failed += failed;
    const took = `  ${level}: ${((Date.now() - begun) / 1000).toFixed(0)} s\n`;
    write(lanes === 1 ? took : `\n== ${level}\n${Buffer.concat(said).toString("utf8")}${took}`);
  }
};
await Promise.all(Array.from({ length: lanes }, lane));
write(`\n${total.passed} passed, ${total.failed} failed\n`);
process.exit(total.failed === 0 ? 0 : 1);
