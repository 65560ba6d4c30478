import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import { readFileSync } from "node:fs";
import net from "node:net";
import path from "node:path";
import { lastRole } from "../../../../automation/client/last-role";
import { runBehindProxy, type BehindProxyRequest } from "../../../../automation/client/run-behind-proxy";
import { SallyportError } from "../../../../automation/core/errors";
import { PersonWorld } from "../../../support/person-world";
import { homeOf } from "../../../support/signed-in";
import { ROOT } from "../../../support/source-files";
import { inTemporaryFolder } from "../../../support/temporary-folder";

/** Asks who it is with `pg`, notes its environment and its answer, ends with 7. */
const ASK = `
const { writeFileSync } = require("node:fs");
const { Client } = require(${JSON.stringify(path.join(ROOT, "node_modules", "pg"))});
(async () => {
  const client = new Client();
  await client.connect();
  const { rows } = await client.query("select current_user");
  await client.end();
  writeFileSync("seen.json", JSON.stringify({ rows, env: process.env, argv: process.argv }));
  process.exitCode = 7;
})().catch((error) => { writeFileSync("seen.json", JSON.stringify({ error: error.code, message: error.message })); process.exitCode = 8; });
`;

interface Seen {
  readonly rows: unknown;
  readonly env: Record<string, string>;
  readonly argv: string[];
  readonly error: string;
  readonly message: string;
}

describe("a program behind a proxy of its own", () => {
  const request: BehindProxyRequest = {
    target: undefined,
    env: undefined,
    estate: undefined,
    role: undefined,
    connectTimeoutMs: 5_000,
    allowOverride: false,
    command: process.execPath,
    args: ["-e", ASK],
    url: false,
  };
  const tools = (): { signals: EventEmitter; open: PersonWorld["open"] } => ({
    signals: new EventEmitter(),
    open: world.open,
  });
  const seen = (folder: string): Seen => JSON.parse(readFileSync(path.join(folder, "seen.json"), "utf8")) as Seen;
  let world: PersonWorld;
  beforeEach(async () => {
    world = await PersonWorld.start();
  });
  afterEach(() => world.close());

  it("reads a row with nothing but its environment, and its code stands", () =>
    inTemporaryFolder(async (folder) => {
      const context = world.context(folder, { env: { PGSERVICE: "elsewhere" } });
      assert.deepEqual(await runBehindProxy(request, context, tools()), { kind: "ended", code: 7 });
      const { rows, env } = seen(folder);
      assert.deepEqual(rows, [{ current_user: "jane@example.com" }]);
      assert.deepEqual(
        [env.PGHOST, env.PGUSER, env.PGDATABASE, env.PGSSLMODE, env.PGSERVICE, env.DATABASE_URL],
        ["127.0.0.1", "jane@example.com", "app", "disable", undefined, undefined],
      );
      assert.match(world.server.logins[0]?.password ?? "", /DBUser=jane%40example\.com/);
      assert.equal(lastRole(homeOf(folder), "payments/dev"), "developer");
    }));

  it("finds the secret in its environment only, and only for as long as it runs", () =>
    inTemporaryFolder(async (folder) => {
      const context = world.context(folder);
      await runBehindProxy({ ...request, url: true }, context, tools());
      const { env, argv } = seen(folder);
      const secret = env.PGPASSWORD ?? "";
      assert.equal(secret.length, 43);
      assert.equal(
        env.DATABASE_URL,
        `postgresql://jane%40example.com:${secret}@127.0.0.1:${env.PGPORT}/app?sslmode=disable`,
      );
      assert.equal(argv.join(" ").includes(secret), false);
      assert.equal(JSON.stringify([context.events, context.out, context.err]).includes(secret), false);
      assert.equal(context.redactor.redact(secret), "«redacted»");
      await assert.rejects(
        new Promise((resolve, reject) =>
          net.connect(Number(env.PGPORT), "127.0.0.1", () => resolve(0)).on("error", reject),
        ),
        { code: "ECONNREFUSED" },
      );
      assert.deepEqual(world.aws.inputs("TerminateSession"), [{ SessionId: "jane-1" }]);
    }));

  it("tells machines about its connections, not the program's screen", () =>
    inTemporaryFolder(async (folder) => {
      const context = world.context(folder);
      await runBehindProxy(request, context, tools());
      assert.deepEqual(
        context.events.map(({ type, detail }) => [type, detail ?? false]),
        [
          ["signin.done", false],
          ["door.done", false],
          ["proxy.ready", true],
          ["proxy.connection.opened", true],
          ["proxy.connection.closed", true],
        ],
      );
    }));

  it("is told by the database itself why a login is refused", () =>
    inTemporaryFolder(async (folder) => {
      await world.refuseLogins();
      assert.deepEqual(await runBehindProxy(request, world.context(folder), tools()), { kind: "ended", code: 8 });
      const { error, message } = seen(folder);
      assert.deepEqual([error, message], ["28000", 'PAM authentication failed for user "jane@example.com"']);
    }));

  it("is not started after an interruption, and the door is closed again", () =>
    inTemporaryFolder(async (folder) => {
      const stop = new AbortController();
      const context = world.context(folder, { signal: stop.signal });
      const interrupted = new SallyportError("INTERRUPTED", { message: "Interrupted." });
      const open: PersonWorld["open"] = async (order) => {
        const door = await world.open(order);
        stop.abort(interrupted);
        return door;
      };
      await assert.rejects(runBehindProxy(request, context, { ...tools(), open }), interrupted);
      assert.throws(() => seen(folder), { code: "ENOENT" });
      assert.deepEqual(world.aws.inputs("TerminateSession"), [{ SessionId: "jane-1" }]);
    }));

  it("goes on through an interruption once it runs: what to do about it is its own affair", () =>
    inTemporaryFolder(async (folder) => {
      const stop = new AbortController();
      const context = world.context(folder, { signal: stop.signal });
      context.reporter.report = ({ type }) => {
        if (type === "proxy.ready") stop.abort(new SallyportError("INTERRUPTED", { message: "Interrupted." }));
      };
      assert.deepEqual(await runBehindProxy(request, context, tools()), { kind: "ended", code: 7 });
    }));
});
