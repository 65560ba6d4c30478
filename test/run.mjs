// Runs the levels of the test suite and closes with `N passed, N failed` alone on a line.
//   npm test            every level          npm run check         types, lint, format only
//   node … LEVEL …      the levels named: check unit pulumi e2e security mutations
// Levels that work with the engine go file by file; on two processors or more, one more than there are run beside each other, for
// tests wait as much as they work, and the output of each is printed whole when it ends.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { memoryFolder } from "./support/temporary-folder.mjs";

const MOCHA_LEVELS = {
  unit: ["test/unit", "test/architecture"],
  mutations: ["test/mutations"],
  e2e: ["test/e2e"],
  pulumi: ["test/pulumi"],
  security: ["test/security"],
};
/** In this order they begin: the longest files first, so that the lanes end together. */
const LEVELS = ["unit", "mutations", "check", "e2e", "pulumi", "security"];
const FILE_BY_FILE = ["mutations", "e2e", "pulumi", "security"];
/** Each lane may have an engine, a sandbox and PostgreSQL in it. */
const MOST_LANES = 6;
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
const levels = LEVELS.filter((name) => wanted.length === 0 || wanted.includes(name));

/** Test files below the folders of a level. */
const filesOf = (level) =>
  MOCHA_LEVELS[level]
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder, { recursive: true }).map((name) => path.join(folder, String(name))))
    .filter((name) => name.endsWith(".test.ts"))
    .sort();

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

async function mocha(name, files, print) {
  const counts = path.join(".sallyport", "test", `${name.replaceAll(" ", "-")}.json`);
  mkdirSync(path.dirname(counts), { recursive: true });
  rmSync(counts, { force: true });
  const args = ["--reporter", "test/support/counting-reporter.cjs", ...files];
  const code = await run("mocha", args, print, { SALLYPORT_TEST_COUNTS: counts });
  const seen = existsSync(counts) ? JSON.parse(readFileSync(counts, "utf8")) : { passed: 0, failed: 0 };
  return { passed: seen.passed, failed: seen.failed + (code !== 0 && seen.failed === 0 ? 1 : 0) };
}

async function nothing(print) {
  print("  ✗ no test of this level was found\n");
  return { passed: 0, failed: 1 };
}

/** What there is to do for a level: one job, or one for each of its files. */
function jobsOf(level) {
  if (level === "check") return [{ name: level, work: check }];
  const files = filesOf(level);
  if (files.length === 0) return [{ name: level, work: nothing }];
  if (!FILE_BY_FILE.includes(level)) return [{ name: level, work: (print) => mocha(level, files, print) }];
  return files.map((file) => {
    const name = `${level} ${path.basename(file, ".test.ts")}`;
    return { name, work: (print) => mocha(name, [file], print) };
  });
}

const write = (text) => void process.stdout.write(text);
const temporary = memoryFolder();
if (temporary !== undefined) process.env["TMPDIR"] = temporary;
const total = { passed: 0, failed: 0 };
const queue = levels.flatMap(jobsOf);
const processors = os.availableParallelism();
const lanes = queue.length > 1 && processors > 1 ? Math.min(processors + 1, MOST_LANES) : 1;
// A cold build of the engine takes minutes, which is no test's time; and nobody should load a bundle that another one is writing.
if (levels.some((level) => FILE_BY_FILE.includes(level))) {
  const prepared = [
    await run("node", ["-r", "ts-node/register/transpile-only", "test/support/prepare-engine.ts"], write),
    await run("node", ["automation/bootstrap.mjs", "--version"], write),
  ];
  total.failed += prepared.filter((code) => code !== 0).length;
}
const lane = async () => {
  for (let job = queue.shift(); job !== undefined; job = queue.shift()) {
    const begun = Date.now();
    const said = [];
    const print = lanes === 1 ? write : (text) => void said.push(Buffer.from(text));
    write(lanes === 1 ? `\n== ${job.name}\n` : `  ${job.name} begins\n`);
    const { passed, failed } = await job.work(print);
    total.passed += passed;
    total.failed += failed;
    const took = `  ${job.name}: ${passed} passed, ${failed} failed, ${((Date.now() - begun) / 1000).toFixed(0)} s\n`;
    write(lanes === 1 ? took : `\n== ${job.name}\n${Buffer.concat(said).toString("utf8")}${took}`);
  }
};
await Promise.all(Array.from({ length: lanes }, lane));
write(`\n${total.passed} passed, ${total.failed} failed\n`);
process.exit(total.failed === 0 ? 0 : 1);
