import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, existsSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import readline from "node:readline";
import { builtCli, makeProject, plainEnvironment, runCli } from "../support/cli-run";
import { ROOT } from "../support/source-files";
import { masked, transcriptOf, withTranscript } from "../support/transcript";

/** `npm start`, as a newcomer runs it. `SALLYPORT_WRITE_TRANSCRIPT=1` writes what it says into the README. */
describe("the demo (e2e)", function () {
  this.timeout(300_000);
  const project = makeProject("demo");
  const cwd = project.folder;
  before(() => {
    builtCli();
    // It copies `infra/` of the folder that it is run in.
    cpSync(path.join(ROOT, "infra"), path.join(cwd, "infra"), { recursive: true });
    for (const file of ["package.json", "tsconfig.json"]) cpSync(path.join(ROOT, file), path.join(cwd, file));
    symlinkSync(path.join(ROOT, "node_modules"), path.join(cwd, "node_modules"));
  });
  after(() => project.remove());

  it("killed in the middle, it leaves nothing that the next one minds; machines read NDJSON until then", async () => {
    const child = spawn(process.execPath, [path.join(ROOT, "dist", "cli.cjs"), "demo", "--json"], {
      cwd,
      env: plainEnvironment(cwd),
      stdio: ["ignore", "pipe", "ignore"],
      detached: true,
    });
    const seen: unknown[] = [];
    readline.createInterface({ input: child.stdout }).on("line", (line) => {
      const event = JSON.parse(line) as { v: number; type: string };
      seen.push(event.v);
      if (event.type === "gate.passed") child.kill("SIGKILL");
    });
    await new Promise((resolve) => child.once("exit", resolve));
    assert.equal(child.signalCode, "SIGKILL");
    assert.ok(seen.length > 5 && seen.every((v) => v === 1));
    assert.ok(existsSync(path.join(cwd, ".sallyport", "demo")));
  });

  it("shows the whole path and what is refused on it, as the README says, and leaves nothing", async () => {
    const demo = await runCli(["demo"], { cwd, timeoutMs: 280_000 });
    assert.equal(demo.code, 0, demo.stderr);
    const readme = path.join(ROOT, "README.md");
    const text = readFileSync(readme, "utf8");
    if (process.env.SALLYPORT_WRITE_TRANSCRIPT === "1") writeFileSync(readme, withTranscript(text, demo.stderr));
    else assert.equal(masked(demo.stderr), masked(transcriptOf(text)));
    assert.equal(existsSync(path.join(cwd, ".sallyport", "demo")), false);
  });

  it("--keep leaves it running for what it says to type, and --stop ends it", async () => {
    const kept = await runCli(["demo", "--keep"], { cwd, timeoutMs: 280_000 });
    assert.equal(kept.code, 0, kept.stderr);
    const home = /export SALLYPORT_HOME='(.+)'/.exec(kept.stderr)?.[1] ?? "";
    assert.match(kept.stderr, /psql 'host=127\.0\.0\.1 port=15432 user=jane@example\.com dbname=app sslmode=disable'/);
    assert.match(kept.stderr, /jdbc:postgresql:\/\/127\.0\.0\.1:15432\/app\?user=jane%40example\.com&sslmode=disable/);
    const typed = ["connect", "--role", "developer", "--command", "select count(*) from orders"];
    const row = await runCli(typed, { cwd, env: { SALLYPORT_HOME: home } });
    assert.equal(row.code, 0, row.stderr);
    assert.match(row.stdout, /^ +2$/m);
    assert.equal((await runCli(["demo", "--stop"], { cwd })).code, 0);
    const ended = await runCli(typed, { cwd, env: { SALLYPORT_HOME: home } });
    assert.notEqual(ended.code, 0);
  });
});
