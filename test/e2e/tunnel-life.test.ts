import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import readline from "node:readline";
import { Client } from "pg";
import { plainEnvironment } from "../support/cli-run";
import { sandboxProject, type SandboxProject } from "../support/sandbox-project";
import { ROOT } from "../support/source-files";

type Event = { readonly type: string; readonly text?: string; readonly data?: Record<string, unknown> };

/** One proxy through everything that happens to it in a day; its port never changes. */
describe("the life of a proxy (e2e)", function () {
  this.timeout(300_000);
  let sandbox: SandboxProject;
  let proxy: ChildProcess;
  let ready: { readonly host: string; readonly port: number; readonly user: string; readonly database: string };
  let password: string;
  const events: Event[] = [];
  let arrived: () => void = () => undefined;

  const fault = async (...words: string[]): Promise<void> => {
    const run = await sandbox.run("sandbox", "fault", ...words);
    assert.equal(run.code, 0, run.stderr);
  };
  const login = async (): Promise<void> => {
    const run = await sandbox.run("login", "--as", "jane@example.com");
    assert.equal(run.code, 0, run.stderr);
  };
  /** The next event of a type after `from` earlier ones. */
  const event = async (type: string, from = 0): Promise<Event> => {
    for (;;) {
      const found = events.slice(from).find((one) => one.type === type);
      if (found) return found;
      await new Promise<void>((resolve) => (arrived = resolve));
    }
  };
  const connect = async (): Promise<Client> => {
    const client = new Client({ ...ready, password });
    client.on("error", () => undefined);
    await client.connect();
    return client;
  };
  /** Resolves when a connection has ended, whoever ended it. */
  const gone = (client: Client): Promise<void> => new Promise((resolve) => client.once("end", () => resolve()));
  const ask = async (client: Client, statement: string): Promise<unknown> =>
    Object.values((await client.query<Record<string, unknown>>(statement)).rows[0] ?? {})[0];
  const lookUp = async (): Promise<void> => {
    const client = await connect();
    assert.equal(await ask(client, "select current_user"), "jane@example.com");
    await client.end();
  };

  before(async () => {
    sandbox = await sandboxProject("life", ["--up"]);
    await login();
    const args = ["proxy", "--role", "developer", "--port", "0", "--json", "--connect-timeout", "60s"];
    proxy = spawn(process.execPath, [path.join(ROOT, "dist", "cli.cjs"), ...args], {
      cwd: sandbox.folder,
      env: plainEnvironment(sandbox.folder),
      stdio: ["ignore", "pipe", "inherit"],
    });
    readline.createInterface({ input: proxy.stdout as NodeJS.ReadableStream }).on("line", (line) => {
      events.push(JSON.parse(line) as Event);
      arrived();
    });
    ready = (await event("proxy.ready")).data as typeof ready;
    const { secretFile } = ready as unknown as { secretFile: string };
    password = readFileSync(secretFile, "utf8").trim();
  });
  afterEach(() => fault("none"));
  after(async () => {
    proxy.kill("SIGTERM");
    await sandbox.stop();
  });

  it("matrix 33, 34: a transaction outlives the hourly Bye, a cut, and a cut in the middle of a result", async () => {
    const client = await connect();
    await client.query("begin");
    await client.query("create temporary table notes (text text) on commit drop");
    for (const code of ["1000", "1006"]) {
      const before = events.length;
      await fault("close", code);
      await event("door.restored", before);
      await client.query("insert into notes values ($1)", [code]);
    }
    assert.equal(await ask(client, "select string_agg(text, ',' order by text) from notes"), "1000,1006");
    await fault("close-after", "300KiB");
    const rows = await client.query("select repeat(md5(i::text), 20) as x from generate_series(1, 3000) i");
    assert.equal(rows.rows.length, 3_000);
    await fault("close-after", "off");
    await client.query("commit");
    await client.end();
  });

  it("a network that is gone: open connections and new ones wait, and go on", async () => {
    const client = await connect();
    const before = events.length;
    await fault("refuse-resume", "internal");
    await fault("close", "1006");
    assert.match((await event("door.waiting", before)).text ?? "", /^waits for the network: /);
    const [old, fresh] = [ask(client, "select 'still here'"), lookUp()];
    await fault("refuse-resume", "off");
    assert.equal(await old, "still here");
    await fresh;
    assert.match((await event("door.restored", before)).text ?? "", /^back after \d+ s; nothing was lost$/);
    await client.end();
  });

  it("a session that AWS has ended: its connections end, the next one comes by a new session and the same port", async () => {
    const client = await connect();
    const ended = gone(client);
    const before = events.length;
    await fault("agent-restart");
    await ended;
    await event("door.session-lost", before);
    await lookUp();
  });

  it("a bastion that was replaced is found again", async () => {
    const before = events.length;
    await fault("bastion-replace");
    await event("door.session-lost", before);
    await lookUp();
  });

  it("fail-over: connections end, the next one finds the new writer", async () => {
    const client = await connect();
    assert.equal(await ask(client, "select 1"), 1);
    const ended = gone(client);
    await fault("fail-over");
    await ended;
    await lookUp();
  });

  it("signing out and in again while it is cut off does not end it", async () => {
    const client = await connect();
    const before = events.length;
    const out = await sandbox.run("logout");
    assert.equal(out.code, 0, out.stderr);
    await fault("refuse-resume", "internal");
    await fault("close", "1006");
    await event("door.waiting", before);
    await login();
    await fault("refuse-resume", "off");
    await event("door.restored", before);
    assert.equal(await ask(client, "select 'signed in again'"), "signed in again");
    await lookUp();
    await client.end();
  });

  it("KMS demanded by the account's preferences is said, with the way out, and not waited for", async () => {
    await fault("handshake", "kms");
    const run = await sandbox.run("connect", "--role", "developer", "--command", "select 1");
    assert.equal(run.code, 6);
    assert.match(run.stderr, /TUNNEL_HANDSHAKE/);
    assert.match(run.stderr, /requires KMS encryption, which this client does not speak/);
    assert.match(run.stderr, /exempt the document: sessionType Port/);
  });

  it("its port was the same all day", async () => {
    assert.equal(events.filter(({ type }) => type === "proxy.ready").length, 1);
    await lookUp();
  });
});
