// Runs the levels of the test suite in order and closes with `N passed, N failed` alone on a line.
//   npm test            every level          npm run check         types, lint, format only
//   node … LEVEL …      the levels named: check unit pulumi e2e security mutations
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";

const MOCHA_LEVELS = {
  unit: ["test/unit", "test/architecture"],
  pulumi: ["test/pulumi"],
  e2e: ["test/e2e"],
  security: ["test/security"],
  mutations: ["test/mutations"],
};
const LEVELS = ["check", ...Object.keys(MOCHA_LEVELS)];
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

let passed = 0;
let failed = 0;
const run = (command, args, env = {}) =>
  new Promise((resolve) => {
    const child = spawn(path.join("node_modules", ".bin", command), args, {
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, ...env },
    });
    child.on("exit", (code) => resolve(code ?? 1));
    child.on("error", () => resolve(1));
  });
const has = (folder) =>
  existsSync(folder) && readdirSync(folder, { recursive: true }).some((name) => String(name).endsWith(".test.ts"));

const NEEDS_ENGINE = ["pulumi", "e2e", "security", "mutations"];
let engineReady = false;

for (const level of LEVELS.filter((name) => wanted.length === 0 || wanted.includes(name))) {
  const begun = Date.now();
  process.stdout.write(`\n== ${level}\n`);
  if (level === "check") {
    for (const [name, command, args] of CHECKS) {
      const code = await run(command, args);
      process.stdout.write(`  ${code === 0 ? "✓" : "✗"} ${name}\n`);
      if (code === 0) passed += 1;
      else failed += 1;
    }
  } else {
    const folders = MOCHA_LEVELS[level].filter(has);
    if (folders.length === 0) {
      process.stdout.write("  ✗ no test of this level was found\n");
      failed += 1;
      continue;
    }
    if (NEEDS_ENGINE.includes(level) && !engineReady) {
      engineReady =
        (await run("node", ["-r", "ts-node/register/transpile-only", "test/support/prepare-engine.ts"])) === 0;
      if (!engineReady) failed += 1;
    }
    const counts = path.join(".sallyport", "test", `${level}.json`);
    mkdirSync(path.dirname(counts), { recursive: true });
    rmSync(counts, { force: true });
    const code = await run(
      "mocha",
      ["--reporter", "test/support/counting-reporter.cjs", ...folders.map((folder) => `${folder}/**/*.test.ts`)],
      { SALLYPORT_TEST_COUNTS: counts },
    );
    const seen = existsSync(counts) ? JSON.parse(readFileSync(counts, "utf8")) : { passed: 0, failed: 0 };
    passed += seen.passed;
    failed += seen.failed;
    if (code !== 0 && seen.failed === 0) failed += 1;
  }
  process.stdout.write(`  ${level}: ${((Date.now() - begun) / 1000).toFixed(0)} s\n`);
}
process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
process.exit(failed === 0 ? 0 : 1);
