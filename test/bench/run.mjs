// Figures of the product as one JSON document, measured side by side in one run; ratios compare with the least that could be.
//   npm run bench                 the way of a person; takes about two minutes, starts and stops a sandbox of its own
//   npm run bench -- tunnel       the tunnel beside loopback and AWS's own plugin; about two minutes
//   npm run bench -- policies     the policy pack on a thousand resources beside one that looks at nothing; about four minutes
import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const root = process.cwd();
const cli = path.join(root, "dist", "cli.cjs");

const PARTS = ["tunnel", "policies"];
const [part, ...tooMany] = process.argv.slice(2);
if (part !== undefined) {
  if (!PARTS.includes(part) || tooMany.length > 0) {
    process.stderr.write(`✗ usage: npm run bench [-- ${PARTS.join("|")}]\n`);
    process.exit(2);
  }
  require("ts-node/register/transpile-only");
  await require(`./${part}.ts`).bench();
  process.exit(0);
}

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
/**
 * A row on an open door, psql both times: through our proxy, and by the guide's own two steps (a token from the AWS CLI, then psql
 * with the endpoint's name and the local address) on a plain port of the same kind. In turn, so that a machine that slows down slows both.
 */
async function openDoorFigures() {
  if (spawnSync("psql", ["--version"]).status !== 0)
    return { figures: { openDoor: "psql is not installed" }, ratios: {} };
  require("ts-node/register/transpile-only");
  const { standardTools } = require("../support/standard-tools.ts");
  const { aws } = standardTools();
  const home = { SALLYPORT_HOME: path.join(cwd, ".sallyport", "client") };
  const lines = spawnSync(
    process.execPath,
    [cli, "sandbox", "env", "--as", "jane@example.com", "--role", "sp-payments-dev-developer"],
    { cwd, encoding: "utf8" },
  );
  const person = Object.fromEntries(
    [...lines.stdout.matchAll(/^export (\w+)='(.*)'$/gm)].map(([, name, value]) => [name, value]),
  );
  const raw = await started(
    ["-r", "ts-node/register/transpile-only", path.join(root, "test", "bench", "raw-door.ts")],
    { ...home, TS_NODE_PROJECT: path.join(root, "tsconfig.json") },
  );
  const proxy = await started(
    [cli, "proxy", "--role", "developer", "--port", "0", "--json"],
    home,
    (line) => line.type === "proxy.ready",
  );
  try {
    const { host, port, user, database, region } = raw.said;
    const secret = require("node:fs")
      .readFileSync(path.join(cwd, ".sallyport", "client", "proxy-secret"), "utf8")
      .trim();
    const ca = JSON.parse(
      require("node:fs").readFileSync(path.join(cwd, ".sallyport", "sandbox", "sandbox.json"), "utf8"),
    ).caBundle;
    const row = (conninfo, password) =>
      run("psql", ["--no-psqlrc", "-Atc", "select 1", conninfo], { PGPASSWORD: password });
    const guide = () => {
      const token = run(
        aws,
        ["rds", "generate-db-auth-token", "--hostname", host, "--port", "5432", "--username", user, "--region", region],
        person,
      );
      const name = `host=${host} hostaddr=127.0.0.1 port=${port} user=${user} dbname=${database}`;
      row(`${name} sslmode=verify-full sslrootcert=${ca}`, token.trim());
    };
    const ours = () =>
      row(
        `host=127.0.0.1 port=${proxy.said.data?.port ?? proxy.said.port} user=${user} dbname=${database} sslmode=disable`,
        secret,
      );
    const pairs = Array.from({ length: 7 }, () => [timed(ours), timed(guide)]);
    const [proxyMs, guideMs] = [0, 1].map((at) => median(pairs.map((pair) => pair[at])));
    return {
      figures: { openDoorProxyToRowMs: round(proxyMs), openDoorGuideToRowMs: round(guideMs) },
      ratios: { guideToProxy: round(median(pairs.map(([a, b]) => b / a))) },
    };
  } finally {
    raw.end();
    proxy.end();
  }
}

function timed(work) {
  const begun = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - begun) / 1e6;
}

function run(command, args, env) {
  const done = spawnSync(command, args, {
    cwd,
    encoding: "utf8",
    env: { PATH: process.env.PATH, HOME: os.homedir(), ...env },
  });
  if (done.status !== 0) throw new Error(`${command} ended with ${done.status}\n${done.stderr}`);
  return done.stdout;
}

/** Starts a program of ours and waits for the first line of JSON that fits. */
async function started(args, env, fits = () => true) {
  const child = spawn(process.execPath, args, {
    cwd,
    env: { PATH: process.env.PATH, HOME: os.homedir(), ...env },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const said = await new Promise((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`${args.join(" ")} ended with ${code}`)));
    createInterface({ input: child.stdout }).on("line", (text) => {
      const line = JSON.parse(text);
      if (fits(line)) resolve(line);
    });
  });
  child.removeAllListeners("exit");
  return { said, end: () => (child.stdin.end(), child.kill("SIGTERM")) };
}

const sallyport = (...args) => measure(process.execPath, [cli, ...args], cwd);
try {
  spawnSync(process.execPath, [path.join(root, "automation", "bootstrap.mjs"), "--version"], { cwd: root });
  const bare = repeat(9, () => measure(process.execPath, ["-e", "0"], cwd));
  const help = repeat(9, () => sallyport("--help"));
  const up = sallyport("sandbox", "start", "--up", "--detach");
  const login = sallyport("login", "--as", "jane@example.com");
  const first = sallyport("connect", "--role", "developer", "--command", "select 1");
  const connects = repeat(5, () => sallyport("connect", "--role", "developer", "--command", "select 1"));
  const open = await openDoorFigures();
  sallyport("sandbox", "stop");
  const figures = {
    engineToFirstRowSeconds: round((up.wallMs + login.wallMs + first.wallMs) / 1000),
    sandboxUpSeconds: round(up.wallMs / 1000),
    helpCpuMs: round(median(help.map((one) => one.cpuMs))),
    helpWallMs: round(median(help.map((one) => one.wallMs))),
    connectToFirstRowMs: round(median(connects.map((one) => one.wallMs))),
    ...open.figures,
  };
  const ratios = {
    helpToBareNode: round(median(help.map((one) => one.wallMs)) / median(bare.map((one) => one.wallMs))),
    connectToBareNode: round(figures.connectToFirstRowMs / median(bare.map((one) => one.wallMs))),
    ...open.ratios,
  };
  const aims = { engineToFirstRowSeconds: 60, helpCpuMs: 150, guideToProxy: "above 1" };
  process.stdout.write(
    `${JSON.stringify({ v: 1, node: process.version, cpus: os.cpus().length, figures, ratios, aims }, undefined, 2)}\n`,
  );
} finally {
  spawnSync(process.execPath, [cli, "sandbox", "stop"], { cwd });
  rmSync(cwd, { recursive: true, force: true });
}
