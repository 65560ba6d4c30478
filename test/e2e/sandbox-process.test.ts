import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import path from "node:path";
import { builtCli, makeProject, plainEnvironment, runCli, type CliRun } from "../support/cli-run";
import { ROOT } from "../support/source-files";

interface Contract {
  readonly pid: number;
  readonly endpointUrl: string;
  readonly controlToken: string;
  readonly people: readonly string[];
  readonly clusters: object;
  readonly instances: readonly string[];
}

/** The sandbox as processes: what starts, what stays, what is left. Proves nothing about real AWS. */
describe("the sandbox as a process (e2e)", function () {
  this.timeout(120_000);
  let project: ReturnType<typeof makeProject>;
  const run = (...args: string[]): Promise<CliRun> => runCli(["sandbox", ...args], { cwd: project.folder });
  const file = (name: string): string => path.join(project.folder, ".sallyport", "sandbox", name);
  const contract = (): Contract => JSON.parse(readFileSync(file("sandbox.json"), "utf8")) as Contract;

  before(() => void builtCli());
  beforeEach(() => void (project = makeProject("sandbox-process")));
  afterEach(async () => {
    await run("stop");
    project.remove();
  });

  it("start --detach returns when sandbox.json is there; status, a second start and stop know it", async () => {
    const started = await run("start", "--detach");
    assert.equal(started.code, 0, started.stderr);
    assert.match(started.stderr, /SANDBOX/);
    const { pid, endpointUrl, controlToken, people, clusters, instances } = contract();
    assert.equal(statSync(file("sandbox.json")).mode & 0o777, 0o600);
    assert.match(endpointUrl, /^http:\/\/127\.0\.0\.1:\d+$/);
    assert.ok(people.includes("jane@example.com"));
    assert.deepEqual([clusters, instances], [{}, []]);
    assert.equal(started.stdout.includes(controlToken) || started.stderr.includes(controlToken), false);

    const status = await run("status", "--json");
    const seen = JSON.parse(status.stdout) as { pid: number; objects: object };
    assert.deepEqual([status.code, seen.pid, seen.objects], [0, pid, {}]);

    const second = await run("start", "--detach", "--json");
    assert.deepEqual([second.code, second.result?.code], [2, "SANDBOX_RUNNING"]);

    const stopped = await run("stop");
    assert.equal(stopped.code, 0, stopped.stderr);
    assert.equal(alive(pid), false);
    assert.equal(existsSync(file("sandbox.json")), false);
    const after = await run("status", "--json");
    assert.deepEqual([after.code, after.result?.code], [6, "SANDBOX_NOT_RUNNING"]);
    assert.equal((await run("stop")).code, 0);
  });

  it("a killed sandbox leaves no process after ten seconds, and the next start clears up", async () => {
    assert.equal((await run("start", "--detach")).code, 0);
    const { pid } = contract();
    const family = descendants(pid);
    process.kill(pid, "SIGKILL");
    await eventually(10_000, () => [pid, ...family].every((one) => !alive(one)));
    const lost = await run("status", "--json");
    assert.deepEqual([lost.code, lost.result?.code], [6, "SANDBOX_NOT_RUNNING"]);
    const again = await run("start", "--detach");
    assert.equal(again.code, 0, again.stderr);
    assert.match(again.stderr, /cleared what a killed sandbox had left/);
    assert.notEqual(contract().pid, pid);
  });

  it("without --detach it stays, and Ctrl-C ends all of it", async () => {
    const child = spawn(process.execPath, [path.join(ROOT, "dist", "cli.cjs"), "sandbox", "start"], {
      cwd: project.folder,
      env: plainEnvironment(project.folder),
      stdio: ["ignore", "ignore", "pipe"],
    });
    let said = "";
    const ready = new Promise<void>((resolve) =>
      child.stderr.on("data", (chunk: Buffer) => ((said += chunk.toString()), said.includes("Ctrl-C") && resolve())),
    );
    await ready;
    const { pid } = contract();
    const family = descendants(pid);
    const exit = once(child, "exit");
    child.kill("SIGINT");
    assert.deepEqual(await exit, [130, null]);
    await eventually(10_000, () => [pid, ...family].every((one) => !alive(one)));
    assert.equal(existsSync(file("sandbox.json")), false);
  });

  it("without --detach a killed starter takes the sandbox with it", async () => {
    const child = spawn(process.execPath, [path.join(ROOT, "dist", "cli.cjs"), "sandbox", "start"], {
      cwd: project.folder,
      env: plainEnvironment(project.folder),
      stdio: ["ignore", "ignore", "ignore"],
    });
    await eventually(30_000, () => existsSync(file("sandbox.json")));
    const { pid } = contract();
    const family = descendants(pid);
    child.kill("SIGKILL");
    await eventually(10_000, () => [pid, ...family].every((one) => !alive(one)));
  });

  it("a port that is taken is named", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    try {
      const refused = await run("start", "--detach", "--port", String(port), "--json");
      assert.deepEqual([refused.code, refused.result?.code], [6, "SANDBOX_PORT_IN_USE"]);
      assert.match(String(refused.result?.message), new RegExp(String(port)));
      assert.equal(existsSync(file("sandbox.json")), false);
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
  });

  it("reset empties a running account and clears up after one that does not run", async () => {
    assert.equal((await run("start", "--detach")).code, 0);
    assert.equal((await run("reset")).code, 0);
    assert.deepEqual((JSON.parse((await run("status", "--json")).stdout) as { objects: object }).objects, {});
    assert.equal((await run("stop")).code, 0);
    assert.equal((await run("reset")).code, 0);
    assert.equal(existsSync(file("passphrase")), false);
  });

  it("env --pulumi makes the stack and gives a preview by hand everything it needs; the repository stays as it is", async () => {
    assert.equal((await run("start", "--detach")).code, 0);
    const lines = await run("env", "--pulumi");
    assert.equal(lines.code, 0, lines.stderr);
    const seen = execFileSync("bash", ["-c", `${lines.stdout}\npulumi stack ls --json --non-interactive`], {
      cwd: project.folder,
      encoding: "utf8",
      env: { PATH: process.env.PATH, HOME: project.folder },
    });
    assert.equal((JSON.parse(seen) as { name: string }[])[0]?.name, "dev");
    assert.equal(
      readFileSync(path.join(project.folder, "Pulumi.dev.yaml"), "utf8"),
      readFileSync(path.join(ROOT, "Pulumi.dev.yaml"), "utf8"),
    );
    assert.equal(statSync(file("pulumi-home")).mode & 0o777, 0o700);
  });

  it("a person who is not in the directory is refused", async () => {
    assert.equal((await run("start", "--detach")).code, 0);
    const refused = await run("env", "--as", "nobody@example.com", "--json");
    assert.deepEqual([refused.code, refused.result?.code], [2, "SANDBOX_PERSON_UNKNOWN"]);
  });
});

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A zombie has ended; who should wait for it is init, which may be slow.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

/** All processes below one, by /proc. */
function descendants(pid: number): number[] {
  const parents = readdirSync("/proc").flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const parent = /^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${name}/status`, "utf8"))?.[1];
      return [[Number(name), Number(parent)] as const];
    } catch {
      return [];
    }
  });
  const below = (of: number): number[] =>
    parents.filter(([, parent]) => parent === of).flatMap(([child]) => [child, ...below(child)]);
  return below(pid);
}

async function eventually(limitMs: number, check: () => boolean): Promise<void> {
  const end = performance.now() + limitMs;
  while (!check()) {
    assert.ok(performance.now() < end, `not within ${limitMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
