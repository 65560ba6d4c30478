import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { builtCli, makeProject, plainEnvironment, runCli } from "../support/cli-run";
import { sandboxProject, type SandboxProject } from "../support/sandbox-project";

/** Changes a file for one test; answers how to put it back. */
function edit(file: string, change: (text: string) => string): () => void {
  const before = readFileSync(file, "utf8");
  const after = change(before);
  assert.notEqual(after, before, `nothing to change in ${file}`);
  writeFileSync(file, after);
  return () => writeFileSync(file, before);
}

describe("bad input on the command line (e2e)", function () {
  this.timeout(60_000);
  const project = makeProject("usage");
  const cwd = project.folder;
  before(() => void builtCli());
  after(() => project.remove());

  const table: [string, string[], number, string, RegExp][] = [
    ["a command that does not exist", ["conect", "--json"], 2, "USAGE", /"conect" is no command/],
    ["an option that does not exist", ["connect", "--rolle", "x", "--json"], 2, "USAGE", /unknown option '--rolle'/],
    ["a wait that is no time", ["up", "--yes", "--wait", "soon", "--json"], 2, "USAGE", /--wait soon/],
    ["up without a yes", ["up", "--json"], 2, "USAGE", /dev is changed only with --yes/],
    ["destroy without a yes", ["destroy", "--json"], 2, "USAGE", /dev is destroyed only with --yes/],
    ["connect without SQL", ["connect", "--json"], 2, "USAGE", /--command or --file/],
    [
      "an environment without a file",
      ["preview", "--env", "prod", "--json"],
      2,
      "CONFIG_NOT_FOUND",
      /Pulumi\.prod\.yaml cannot be read/,
    ],
    [
      "the sandbox's accounts without its endpoint",
      ["preview", "--json"],
      2,
      "ENDPOINT_OVERRIDE_REFUSED",
      /AWS_ENDPOINT_URL is not set/,
    ],
  ];
  for (const [title, args, exitCode, code, words] of table) {
    it(`${title}: exit ${exitCode}, ${code}`, async () => {
      const run = await runCli(args, { cwd });
      assert.deepEqual([run.code, run.result?.code], [exitCode, code], run.stderr);
      assert.match(String(run.result?.message), words);
    });
  }

  it("help and version cost nothing and end with 0", async () => {
    const help = await runCli(["--help"], { cwd });
    assert.equal(help.code, 0);
    assert.match(help.stdout, /Usage: sallyport <command>/);
    const version = await runCli(["--version"], { cwd });
    assert.match(version.stdout, /^\d+\.\d+\.\d+\n$/);
  });

  it("people get the error in four parts: what, likely cause, next command, code", async () => {
    const run = await runCli(["conect"], { cwd });
    assert.equal(
      run.stderr,
      '✗ "conect" is no command.\n  Did you mean "connect"?\n  Next: sallyport --help                 USAGE\n',
    );
  });
});

describe("bad input against a running sandbox (e2e)", function () {
  this.timeout(240_000);
  let project: SandboxProject;
  const knobs = async (body: object): Promise<void> => {
    const { endpointUrl, controlToken } = project.contract();
    const answer = await fetch(`${endpointUrl}/_sandbox/knobs`, {
      method: "POST",
      headers: { authorization: `Bearer ${controlToken}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    assert.equal(answer.status, 200, await answer.text());
  };

  before(async () => {
    project = await sandboxProject("bad-input", ["--up"]);
    assert.equal((await project.run("login", "--as", "jane@example.com")).code, 0);
  });
  after(() => project.stop());

  it("unknown key, wrong type, unquoted account number: all at once, with paths, nothing changed", async () => {
    const undo = [
      edit(path.join(project.folder, "access.yaml"), (text) =>
        text.replace('"000000000001"', "000000000001").replace("session: 4h", "sesion: 4h"),
      ),
      edit(path.join(project.folder, "Pulumi.dev.yaml"), (text) => text.replace("zones: 2", "zones: two")),
    ];
    const run = await project.runner("up", "--yes", "--json");
    for (const back of undo) back();
    assert.deepEqual([run.code, run.result?.code], [2, "CONFIG_INVALID"]);
    const message = String(run.result?.message);
    for (const words of [
      /access\.yaml: identity\.account: seen 000000000001; expected the 12 digits of an account number in quotes/,
      /access\.yaml: roles\.developer\.sesion: seen an unknown key; expected the key "session"/,
      /Pulumi\.dev\.yaml: config\.sallyport:network\.zones: seen "two"/,
    ])
      assert.match(message, words);
  });

  it("a policy rule that does not exist, another setting, an exemption without a day: all at once, before the gate", async () => {
    const undo = edit(path.join(project.folder, "Pulumi.dev.yaml"), (text) =>
      text.replace(
        "rds-deletion-protection: disabled",
        "rds-deletion-protect: disabled\n    rds-backups: { minimumDay: 3 }\n    sg-no-world: { exemptions: [{ resource: web, reason: later }] }",
      ),
    );
    const run = await project.runner("preview", "--json");
    undo();
    assert.deepEqual([run.code, run.result?.code], [2, "CONFIG_INVALID"]);
    for (const words of [
      /config\.sallyport:policies\.rds-deletion-protect: seen a rule that does not exist; expected "rds-deletion-protection"/,
      /policies\.rds-backups\.minimumDay: seen a setting that does not exist; .*did you mean "minimumDays"/,
      /policies\.sg-no-world\.exemptions\[0\]\.until: seen nothing; expected the last day it holds, as 2027-01-31/,
    ])
      assert.match(String(run.result?.message), words);
  });

  it("a person and a group that the directory does not have", async () => {
    const undo = edit(path.join(project.folder, "access.yaml"), (text) =>
      text.replace("person: jane@example.com", "person: jame@example.com").replace("group: Analysts", "group: Analyst"),
    );
    const run = await project.runner("preview", "--json");
    undo();
    assert.deepEqual([run.code, run.result?.code], [2, "CONFIG_INVALID"]);
    assert.match(
      String(run.result?.message),
      /access\[2\]\.person: seen "jame@example\.com"; .*did you mean "jane@example\.com"/,
    );
    assert.match(String(run.result?.message), /access\[0\]\.group: seen "Analyst"; .*did you mean "Analysts"/);
  });

  it("no engine, and none may be made: every way is named", async () => {
    const env = await project.environment("--pulumi");
    const bare = {
      ...env,
      PATH: path.dirname(process.execPath),
      XDG_CACHE_HOME: path.join(project.folder, "no-cache"),
    };
    const run = await runCli(["preview", "--no-install", "--json"], { cwd: project.folder, env: bare });
    assert.deepEqual([run.code, run.result?.code], [1, "ENGINE_NOT_FOUND"]);
    assert.match(String(run.result?.message), /PATH/);
    assert.match(String(run.result?.message), /no-install/);
  });

  it("a clock that is off by ten minutes is said in words", async () => {
    await knobs({ wallOffsetMs: 600_000 });
    try {
      const run = await project.run("connect", "--role", "developer", "--command", "select 1", "--json");
      assert.deepEqual([run.code, run.result?.code], [6, "CLOCK_SKEW"]);
      assert.match(String(run.result?.message), /10 minutes behind AWS's/);
    } finally {
      await knobs({ wallOffsetMs: 0 });
    }
  });

  it("a sign-in that has ended", async () => {
    const record = path.join(plainEnvironment(project.folder).SALLYPORT_HOME ?? "", "sign-in.json");
    const undo = edit(record, (text) =>
      JSON.stringify({ ...(JSON.parse(text) as object), expiresAt: "2020-01-01T00:00:00.000Z" }),
    );
    const run = await project.run("connect", "--role", "developer", "--command", "select 1", "--json");
    undo();
    assert.deepEqual([run.code, run.result?.code], [5, "AUTH_SIGN_IN_EXPIRED"]);
  });

  it("another authority than the server's: nothing is sent", async () => {
    const { caBundle } = JSON.parse(
      readFileSync(path.join(project.folder, ".sallyport", "sandbox", "sandbox.json"), "utf8"),
    ) as { caBundle: string };
    const other = await sandboxProject("other-ca");
    const foreign = readFileSync(path.join(other.folder, ".sallyport", "sandbox", "ca-bundle.pem"), "utf8");
    await other.stop();
    const undo = edit(caBundle, () => foreign);
    const run = await project.run("connect", "--role", "developer", "--command", "select 1", "--json");
    undo();
    assert.deepEqual([run.code, run.result?.code], [6, "TLS_UNTRUSTED"]);
  });

  it("outputs is one JSON document, preview finds nothing to change, and standard Pulumi agrees", async () => {
    const outputs = await project.runner("outputs");
    assert.equal(outputs.code, 0, outputs.stderr);
    assert.equal((JSON.parse(outputs.stdout) as { estate: string }).estate, "payments");
    const preview = await project.runner("preview", "--expect-no-changes", "--json");
    assert.equal(preview.code, 0, `${preview.stdout}\n${preview.stderr}`);
    assert.deepEqual(preview.result?.access, []);
  });
});
