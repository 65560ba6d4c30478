import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { builtCli, makeProject, runCli } from "../support/cli-run";
import { ROOT } from "../support/source-files";

/** The main job, as a newcomer does it: sandbox, sign-in, row. Proves nothing about real AWS. */
describe("first row (e2e)", function () {
  this.timeout(240_000);
  const project = makeProject("first-row");
  const cwd = project.folder;
  const run = (...args: string[]) => runCli(args, { cwd });

  before(async () => {
    builtCli();
    const started = await run("sandbox", "start", "--up", "--detach");
    assert.equal(started.code, 0, `${started.stdout}\n${started.stderr}`);
  });
  after(async () => {
    const stopped = await run("sandbox", "stop");
    project.remove();
    assert.equal(stopped.code, 0, stopped.stderr);
  });

  it("a person without a sign-in is told to sign in", async () => {
    const refused = await run("connect", "--command", "select 1", "--json");
    assert.deepEqual([refused.code, refused.result?.code], [5, "AUTH_NOT_SIGNED_IN"]);
  });

  it("jane signs in, connects with her only ordinary role and reads a row as herself", async () => {
    const login = await run("login", "--as", "jane@example.com");
    assert.equal(login.code, 0, login.stderr);
    const row = await run(
      "connect",
      "--command",
      "select current_user, session_user, (select ssl from pg_stat_ssl where pid = pg_backend_pid()) is not null as known",
    );
    assert.equal(row.code, 0, row.stderr);
    assert.match(row.stdout, /current_user\s+session_user/);
    assert.match(row.stdout, /jane@example\.com\s+jane@example\.com/);
    assert.match(row.stdout + row.stderr, /sandbox/i);
  });

  it("jane's separate role is another login", async () => {
    const row = await run("connect", "--role", "admin", "--command", "select current_user");
    assert.equal(row.code, 0, row.stderr);
    assert.match(row.stdout, /jane@example\.com--admin/);
  });

  it("sam cannot take a role that was not given to him", async () => {
    assert.equal((await run("login", "--as", "sam@example.com")).code, 0);
    const refused = await run("connect", "--role", "developer", "--command", "select 1", "--json");
    assert.deepEqual([refused.code, refused.result?.code], [5, "AUTH_NO_ACCESS"]);
  });

  it("a read-only person reads and may not write", async () => {
    const read = await run("connect", "--command", "select 1 as one");
    assert.equal(read.code, 0, read.stderr);
    const write = await run("connect", "--command", "create table public.t (i int)", "--json");
    assert.deepEqual([write.code, write.result?.code], [1, "DB_STATEMENT_FAILED"]);
    assert.match(String(write.result?.message), /42501/);
  });

  it("somebody who is in no group reaches nothing", async () => {
    assert.equal((await run("login", "--as", "nora@example.com")).code, 0);
    const refused = await run("connect", "--command", "select 1", "--json");
    assert.deepEqual([refused.code, refused.result?.code], [5, "AUTH_NO_ACCESS"]);
  });

  it("the rules find nothing mandatory in what was made, from the state alone, and nothing stays open", async () => {
    const env = await sandboxEnvironment(cwd);
    const check = await runCli(["policies", "check", "--json"], { cwd, env });
    assert.equal(check.code, 0, check.stderr);
    const report = JSON.parse(check.stdout) as {
      findings: { rule: string }[];
      undecided: unknown[];
      notApplicable: { rule: string; why: string }[];
    };
    assert.deepEqual(
      [...new Set(report.findings.map(({ rule }) => rule))],
      ["sso-assign-group", "trail-required", "db-alarm"],
    );
    assert.deepEqual(report.undecided, []);
    // What the access files know was given to the rule that asks for it.
    assert.ok(!report.notApplicable.some(({ rule }) => rule === "sso-expected-reach"));
    writeFileSync(path.join(cwd, "strict.json"), JSON.stringify({ "trail-required": "mandatory" }));
    const strict = await runCli(["policies", "check", "--config", "strict.json"], { cwd, env });
    assert.equal(strict.code, 3, strict.stdout);
    assert.match(strict.stdout, /^✗ trail-required {2}platform-app /m);
  });

  it("a second up changes nothing and the door still works", async () => {
    const env = await sandboxEnvironment(cwd);
    const again = await runCli(["up", "--env", "dev", "--yes", "--no-policies", "--json"], { cwd, env });
    assert.equal(again.code, 0, again.stderr);
    assert.deepEqual(again.result?.changes, { create: 0, update: 0, replace: 0, delete: 0 });
    assert.equal((await run("login", "--as", "jane@example.com")).code, 0);
    assert.equal((await run("connect", "--command", "select 1")).code, 0);
  });

  it("destroy leaves nothing behind in the account", async () => {
    const env = await sandboxEnvironment(cwd);
    const gone = await runCli(["destroy", "--env", "dev", "--yes", "--json"], { cwd, env });
    assert.equal(gone.code, 0, gone.stderr);
    const status = JSON.parse((await run("sandbox", "status", "--json")).stdout) as { objects: Record<string, number> };
    assert.deepEqual(
      Object.keys(status.objects).filter(
        (token) => !["aws:iam/role:Role", "aws:rds/clusterSnapshot:ClusterSnapshot"].includes(token),
      ),
      [],
    );
  });

  it("every command leaves the repository as it was", () => {
    assert.equal(
      execFileSync("git", ["status", "--porcelain", "--", ".sallyport"], { cwd: ROOT, encoding: "utf8" }),
      "",
    );
  });
});

/** `sandbox env --pulumi`, read as a shell would. */
async function sandboxEnvironment(cwd: string): Promise<NodeJS.ProcessEnv> {
  const printed = await runCli(["sandbox", "env", "--pulumi"], { cwd });
  assert.equal(printed.code, 0, printed.stderr);
  const text = execFileSync("sh", ["-c", `${printed.stdout}\nenv -0`], {
    encoding: "utf8",
    env: { PATH: process.env.PATH },
  });
  return Object.fromEntries(
    text
      .split("\0")
      .filter(Boolean)
      .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
  );
}
