// Figures of the product as one JSON document, measured side by side in one run; ratios compare with the least that could be.
//   npm run bench                 all of them; takes about two minutes, starts and stops a sandbox of its own
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const root = process.cwd();
const cli = path.join(root, "dist", "cli.cjs");

/** Wall and CPU milliseconds of one command; a command that fails ends the run. */
function measure(command, args, cwd) {
  const cpuBefore = childCpu();
  const begun = process.hrtime.bigint();
  const env = { PATH: process.env.PATH, HOME: os.homedir(), SALLYPORT_HOME: path.join(cwd, ".sallyport", "client") };
  const done = spawnSync(command, args, { cwd, env, encoding: "utf8" });
  if (done.status !== 0)
    throw new Error(`${[command, ...args].join(" ")} ended with ${done.status}\n${done.stdout}\n${done.stderr}`);
  return { wallMs: Number(process.hrtime.bigint() - begun) / 1e6, cpuMs: childCpu() - cpuBefore };
}

/** CPU of ended children, milliseconds: /proc/self/stat fields 16 and 17, in ticks of 10 ms. */
function childCpu() {
  const fields = require("node:fs").readFileSync("/proc/self/stat", "utf8").split(") ")[1].split(" ");
  return (Number(fields[13]) + Number(fields[14])) * 10;
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const round = (value) => Math.round(value * 100) / 100;
const repeat = (times, work) => Array.from({ length: times }, work);

mkdirSync(path.join(root, ".sallyport", "bench"), { recursive: true });
const cwd = mkdtempSync(path.join(root, ".sallyport", "bench", "run-"));
for (const file of ["access.yaml", "Pulumi.yaml", "Pulumi.dev.yaml"])
  cpSync(path.join(root, file), path.join(cwd, file));
const sallyport = (...args) => measure(process.execPath, [cli, ...args], cwd);
try {
  spawnSync(process.execPath, [path.join(root, "automation", "bootstrap.mjs"), "--version"], { cwd: root });
  const bare = repeat(9, () => measure(process.execPath, ["-e", "0"], cwd));
  const help = repeat(9, () => sallyport("--help"));
  const up = sallyport("sandbox", "start", "--up", "--detach");
  const login = sallyport("login", "--as", "jane@example.com");
  const first = sallyport("connect", "--role", "developer", "--command", "select 1");
  const connects = repeat(5, () => sallyport("connect", "--role", "developer", "--command", "select 1"));
  sallyport("sandbox", "stop");
  const figures = {
    engineToFirstRowSeconds: round((up.wallMs + login.wallMs + first.wallMs) / 1000),
    sandboxUpSeconds: round(up.wallMs / 1000),
    helpCpuMs: round(median(help.map((one) => one.cpuMs))),
    helpWallMs: round(median(help.map((one) => one.wallMs))),
    connectToFirstRowMs: round(median(connects.map((one) => one.wallMs))),
  };
  const ratios = {
    helpToBareNode: round(median(help.map((one) => one.wallMs)) / median(bare.map((one) => one.wallMs))),
    connectToBareNode: round(figures.connectToFirstRowMs / median(bare.map((one) => one.wallMs))),
  };
  const aims = { engineToFirstRowSeconds: 40, helpCpuMs: 150 };
  process.stdout.write(
    `${JSON.stringify({ v: 1, node: process.version, cpus: os.cpus().length, figures, ratios, aims }, undefined, 2)}\n`,
  );
} finally {
  spawnSync(process.execPath, [cli, "sandbox", "stop"], { cwd });
  rmSync(cwd, { recursive: true, force: true });
}
