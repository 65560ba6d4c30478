import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync, statSync } from "node:fs";
import net from "node:net";
import path from "node:path";
import readline from "node:readline";
import { Client } from "pg";
import { findProgram } from "../../automation/client/find-program";
import { plainEnvironment, type CliRun } from "../support/cli-run";
import { sandboxProject, type SandboxProject } from "../support/sandbox-project";
import { ROOT } from "../support/source-files";
import { psycopgPython } from "../support/standard-tools";

const PG = JSON.stringify(path.join(ROOT, "node_modules", "pg"));
const PSQL = findProgram("psql", { path: process.env.PATH, cwd: ROOT, platform: process.platform }).kind === "found";

interface Ready {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
  readonly secretFile: string;
  readonly psql: string;
}

/** Any PostgreSQL client through a person's door: `exec`, `proxy` and `connect` as people type them. */
describe("clients through the proxy (e2e)", function () {
  this.timeout(300_000);
  let sandbox: SandboxProject;
  /** A failed test leaves no program behind. */
  const running = new Set<ChildProcess>();
  const exec = (...args: string[]): Promise<CliRun> => sandbox.run("exec", "--role", "developer", ...args);
  const node = (script: string, ...options: string[]): Promise<CliRun> =>
    exec(
      ...options,
      "--",
      process.execPath,
      "-e",
      `const { Client, Query } = require(${PG});(async () => {${script}})();`,
    );

  before(async () => {
    sandbox = await sandboxProject("proxy", ["--up"]);
    const login = await sandbox.run("login", "--as", "jane@example.com");
    assert.equal(login.code, 0, login.stderr);
  });
  afterEach(() => running.forEach((child) => child.kill("SIGTERM")));
  after(() => sandbox.stop());

  describe("exec", () => {
    it("gives node's pg all it needs, and stdout is the program's alone", async () => {
      const run = await node(`
        const client = new Client();
        await client.connect();
        console.log(JSON.stringify((await client.query("select current_user, session_user")).rows));
        await client.end();`);
      assert.equal(run.code, 0, run.stderr);
      assert.equal(run.stdout, '[{"current_user":"jane@example.com","session_user":"jane@example.com"}]\n');
    });

    it("gives psycopg all it needs", async () => {
      const script = `
import psycopg
with psycopg.connect() as connection:
    print(connection.execute("select current_user, sum(i) from generate_series(1, %s) i", (1000,)).fetchone())
    with connection.cursor().copy("copy (select * from generate_series(1, 200000)) to stdout") as copy:
        print(sum(1 for _ in copy.rows()))`;
      const run = await exec("--", psycopgPython(), "-c", script);
      assert.equal(run.code, 0, run.stderr);
      assert.equal(run.stdout, "('jane@example.com', 500500)\n200000\n");
    });

    it("takes the role that was asked for, whatever leads elsewhere in the environment", async () => {
      const run = await sandbox.run("exec", "--role", "admin", "--", "sh", "-c", 'echo "$PGUSER $PGHOST $PGSSLMODE"');
      assert.deepEqual([run.code, run.stdout], [0, "jane@example.com--admin 127.0.0.1 disable\n"]);
    });

    it("lets a client cancel its query: 57014", async () => {
      const run = await node(`
        const client = new Client();
        await client.connect();
        const slow = client.query(new Query("select pg_sleep(60)"));
        const over = new Promise((resolve) => slow.once("error", resolve));
        new Client().cancel(client, slow);
        console.log((await over).code);
        await client.end();`);
      assert.deepEqual([run.code, run.stdout], [0, "57014\n"], run.stderr);
    });

    it("returns the program's code, 126 and 127 as a shell does, 125 when it never started", async () => {
      assert.equal((await exec("--", "sh", "-c", "exit 41")).code, 41);
      assert.equal((await exec("--", "sh", "-c", "kill -KILL $$")).code, 137);
      assert.equal((await exec("--", "no-such-program")).code, 127);
      assert.equal((await exec("--", "./access.yaml")).code, 126);
      const refused = await sandbox.run("exec", "--json", "--role", "owner", "--events", "e", "--", "true");
      assert.deepEqual([refused.code, refused.result?.exitCode, refused.result?.code], [125, 125, "AUTH_NO_ACCESS"]);
      const last = readFileSync(path.join(sandbox.folder, "e"), "utf8").trim().split("\n").at(-1) ?? "";
      assert.equal((JSON.parse(last) as Record<string, unknown>).code, "AUTH_NO_ACCESS");
    });

    it("does not let the secret out: not to events, not to argv, nowhere on its own screen", async () => {
      const script = `cat /proc/$PPID/cmdline | tr '\\0' ' '; tr '\\0' ' ' < /proc/$$/cmdline; echo "#$PGPASSWORD"`;
      const run = await exec("--url", "--events", "events", "--", "sh", "-c", script);
      const [seen = "", secret = ""] = run.stdout.trim().split("#").slice(-2);
      assert.equal(secret.length, 43, run.stderr);
      const events = readFileSync(path.join(sandbox.folder, "events"), "utf8");
      for (const text of [seen, run.stderr, events]) assert.equal(text.includes(secret), false);
      assert.match(events, /"type":"proxy.ready"/);
    });

    it("passes a SIGTERM on and stays until the program has ended", async () => {
      const script = "trap 'echo ended; exit 5' TERM; echo ready; while :; do sleep 0.05; done";
      const child = start("exec", "--", "sh", "-c", script);
      const lines = linesOf(child);
      assert.equal(await lines.next(), "ready");
      child.kill("SIGTERM");
      const [code] = (await once(child, "exit")) as [number];
      assert.deepEqual([code, await lines.next()], [5, "ended"]);
    });
  });

  describe("connect", () => {
    it("without SQL is psql where there is one, and its code stands", async () => {
      const run = await sandbox.run("connect", "--role", "developer");
      if (PSQL) assert.equal(run.code, 0, run.stderr);
      else assert.match(run.stderr, /PSQL_NOT_FOUND/);
    });
  });

  describe("proxy", () => {
    it("serves who knows its secret, refuses the others in their own words, and ends with 0 after Ctrl-C", async () => {
      const { child, ready, ended } = await proxy("--port", "0");
      const { host, port, user, database, secretFile } = ready;
      assert.deepEqual([host, user, database], ["127.0.0.1", "jane@example.com", "app"]);
      assert.equal(statSync(secretFile).mode & 0o777, 0o600);
      const password = readFileSync(secretFile, "utf8").trim();
      const at = { host, port, user, database };
      assert.equal(await who({ ...at, password }), "jane@example.com");
      await assert.rejects(who({ ...at, password: "wrong" }), {
        code: "28P01",
        message: 'password authentication failed for user "jane@example.com"',
      });
      await assert.rejects(who({ ...at, password, user: "sam@example.com" }), {
        code: "28000",
        message: 'this port logs in as "jane@example.com"; it was asked for "sam@example.com"',
      });
      child.kill("SIGINT");
      const { code, result } = await ended;
      assert.deepEqual([code, result.ok, result.exitCode], [0, true, 0]);
      await assert.rejects(who({ ...at, password }), { code: "ECONNREFUSED" });
    });

    it("--print-env has the same port every time, and leads to the proxy as its psql line does", async () => {
      const [first, second] = [await printedEnvironment(), await printedEnvironment()];
      assert.equal(first.PGPORT, second.PGPORT);
      const { child, ready, ended } = await proxy("--port", "0");
      const printed = await printedEnvironment("--port", String(ready.port));
      const { PGPORT, PGPASSWORD: password = "", PGHOST: host, PGUSER: user, PGDATABASE: database } = printed;
      assert.equal(await who({ host, port: Number(PGPORT), user, database, password }), "jane@example.com");
      if (PSQL) {
        const line = await shell(`${ready.psql} --no-psqlrc --tuples-only --no-align --command 'select current_user'`);
        assert.equal(line, "jane@example.com\n");
      }
      child.kill("SIGTERM");
      assert.equal((await ended).code, 0);
    });

    it("says with exit code 2 that its port is taken", async () => {
      const holder = net.createServer().listen(0, "127.0.0.1");
      await once(holder, "listening");
      const { port } = holder.address() as net.AddressInfo;
      const run = await sandbox.run("proxy", "--role", "developer", "--port", String(port));
      holder.close();
      assert.equal(run.code, 2, run.stderr);
      assert.match(
        run.stderr,
        new RegExp(`✗ Port ${port} of 127\\.0\\.0\\.1 is taken\\.[\\s\\S]*--port[\\s\\S]*PROXY_PORT_TAKEN`),
      );
    });

    it("listens on a socket in a private folder, without a secret", async () => {
      const { child, ready, ended } = await proxy("--socket", ".sallyport/s");
      assert.equal(statSync(ready.host).mode & 0o777, 0o700);
      assert.equal(
        await who({ host: ready.host, port: ready.port, user: ready.user, database: ready.database }),
        ready.user,
      );
      child.kill("SIGINT");
      assert.equal((await ended).code, 0);
    });
  });

  const start = (...args: string[]): ChildProcess => {
    const child = spawn(process.execPath, [path.join(ROOT, "dist", "cli.cjs"), ...args], {
      cwd: sandbox.folder,
      env: plainEnvironment(sandbox.folder),
      stdio: ["ignore", "pipe", "ignore"],
    });
    running.add(child.once("exit", () => running.delete(child)));
    return child;
  };

  /** A running `sallyport proxy --json`, after its `proxy.ready`. */
  async function proxy(...args: string[]) {
    const child = start("proxy", "--role", "developer", "--json", ...args);
    const lines = linesOf(child);
    const next = async (type: string): Promise<Record<string, unknown>> => {
      for (;;) {
        const event = JSON.parse((await lines.next()) ?? '{"type":"nothing"}') as Record<string, unknown>;
        if (event.type === type) return event;
        assert.ok(!["result", "nothing"].includes(String(event.type)), JSON.stringify(event));
      }
    };
    const exit = once(child, "exit") as Promise<[number]>;
    const { data } = await next("proxy.ready");
    const ended = exit.then(async ([code]) => ({ code, result: await next("result") }));
    return { child, ready: data as Ready, ended };
  }

  async function printedEnvironment(...args: string[]): Promise<NodeJS.ProcessEnv> {
    const printed = await sandbox.run("proxy", "--role", "developer", "--print-env", ...args);
    assert.equal(printed.code, 0, printed.stderr);
    const text = await shell(`${printed.stdout}env`);
    return Object.fromEntries(
      text.split("\n").map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
    );
  }
});

/** The lines of a child's stdout, one at a time; undefined after the last. */
function linesOf(child: ChildProcess): { next(): Promise<string | undefined> } {
  assert.ok(child.stdout);
  const lines = readline.createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return { next: async () => (await lines.next()).value };
}

async function who(at: ConstructorParameters<typeof Client>[0]): Promise<string> {
  const client = new Client(at);
  client.on("error", () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<{ current_user: string }>("select current_user");
    return rows[0]?.current_user ?? "";
  } finally {
    await client.end();
  }
}

async function shell(script: string): Promise<string> {
  const child = spawn("sh", ["-c", script], { env: { PATH: process.env.PATH }, stdio: ["ignore", "pipe", "inherit"] });
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
  const [code] = (await once(child, "close")) as [number];
  assert.equal(code, 0);
  return text;
}
