// Makes a fresh clone runnable on any Node >= 20, with no dependency: installs what is missing, builds dist/ when a source is
// newer, then runs again on the Node that package-lock.json pins.
//   node automation/bootstrap.mjs ARGS…                the command line, from the bundle
//   node automation/bootstrap.mjs --script FILE ARGS…  a script of the repository
import { spawn, spawnSync } from "node:child_process";
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const pinnedNode = path.join(root, "node_modules", ".bin", process.platform === "win32" ? "node.exe" : "node");
const say = (text) => process.stderr.write(`${text}\n`);

/** One process at a time installs or builds: others wait until the lock's owner is done or dead. */
function locked(work) {
  mkdirSync(path.join(root, ".sallyport"), { recursive: true, mode: 0o700 });
  const lock = path.join(root, ".sallyport", "bootstrap.lock");
  for (;;) {
    try {
      closeSync(openSync(lock, "wx"));
      writeFileSync(lock, String(process.pid));
      break;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
      if (!ownerAlive(lock)) rmSync(lock, { force: true });
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
    }
  }
  try {
    return work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function ownerAlive(lock) {
  try {
    const pid = Number(readFileSync(lock, "utf8"));
    if (!pid) return Date.now() - statSync(lock).mtimeMs < 2000;
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

function installed() {
  const mark = path.join(root, "node_modules", ".package-lock.json");
  return existsSync(mark) && statSync(mark).mtimeMs >= statSync(path.join(root, "package-lock.json")).mtimeMs - 1;
}

function install() {
  say("sallyport: installing what package-lock.json names (about a minute, once)");
  const npm = process.env.npm_execpath?.endsWith(".js") ? [process.execPath, process.env.npm_execpath] : ["npm"];
  const args = [...npm.slice(1), "ci", "--loglevel=error", "--no-fund", "--no-audit"];
  const env = { ...process.env };
  for (const name of Object.keys(env)) if (/^npm_(lifecycle|package|command)/i.test(name)) delete env[name];
  const done = spawnSync(npm[0], args, { cwd: root, stdio: ["ignore", 2, 2], env });
  if (done.status !== 0) {
    say(
      `✗ npm ci failed (${done.error?.message ?? `exit ${done.status}`}).\n  Next: run it by hand in this folder and read its output`,
    );
    process.exit(1);
  }
}

function newest(folder, found = 0) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name === "dist" || entry.name === "node_modules") continue;
    const full = path.join(folder, entry.name);
    found = entry.isDirectory() ? newest(full, found) : Math.max(found, statSync(full).mtimeMs);
  }
  return found;
}

function built() {
  const stamp = path.join(root, "dist", ".stamp");
  if (!existsSync(stamp)) return false;
  const source = Math.max(
    ...["automation", "infra", "policies"].map((name) => newest(path.join(root, name))),
    statSync(path.join(root, "package-lock.json")).mtimeMs,
  );
  return statSync(stamp).mtimeMs >= source;
}

function build() {
  const done = spawnSync(pinnedNode, [path.join(root, "automation", "build.mjs")], {
    cwd: root,
    stdio: ["ignore", 2, 2],
  });
  if (done.status !== 0) {
    say("✗ the build failed.\n  Next: npm run check");
    process.exit(1);
  }
}

const [major = 0] = process.versions.node.split(".").map(Number);
if (major < 20) {
  say(
    `✗ Node ${process.versions.node} is too old to start: 20 or newer is needed (the pinned Node is installed by itself).`,
  );
  process.exit(2);
}
if (!installed()) locked(() => installed() || install());
const script = process.argv[2] === "--script" ? process.argv[3] : undefined;
if (script === undefined && !built()) locked(() => built() || build());

const target =
  script === undefined
    ? [path.join(root, "dist", "cli.cjs"), ...process.argv.slice(2)]
    : [path.join(root, script), ...process.argv.slice(4)];
const node = existsSync(pinnedNode) ? pinnedNode : process.execPath;
const env = {
  ...process.env,
  PATH: `${path.join(root, "node_modules", ".bin")}${path.delimiter}${process.env.PATH ?? ""}`,
};
const child = spawn(node, target, { stdio: "inherit", env });
// A terminal sends Ctrl-C to the whole group: the child ends by itself. A signal to this process alone is handed on.
process.on("SIGINT", () => undefined);
for (const name of ["SIGTERM", "SIGHUP"]) process.on(name, () => child.kill(name));
child.on("error", (error) => {
  say(`✗ ${node} could not be started: ${error.message}`);
  process.exit(1);
});
child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 143)));
