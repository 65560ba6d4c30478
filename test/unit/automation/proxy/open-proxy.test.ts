import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { execFile, spawnSync } from "node:child_process";
import { once } from "node:events";
import net from "node:net";
import tls from "node:tls";
import { promisify } from "node:util";
import type { Client } from "pg";
import { SallyportError } from "../../../../automation/core/errors";
import { Refusal } from "../../../../automation/proxy/refusal";
import { cancelRequest, startupMessage } from "../../../../automation/proxy/wire/client-messages";
import { fatal } from "../../../../automation/proxy/wire/server-messages";
import { inTemporaryFolder } from "../../../support/temporary-folder";
import { MASTER, startTestCluster, token, type TestCluster } from "../../../support/test-cluster";
import {
  openTestProxy,
  parameters,
  rawConnection,
  readToEnd,
  SECRET,
  streamsTo,
  told,
  type TestProxy,
} from "./proxy-fixture";

const JANE = "jane@example.com";
/** 63 bytes with a quote of each kind, spaces, an `@` and a letter of two bytes. */
const ODD = `it's "odd" @ ä ${"x".repeat(47)}`;
const MIB = 1_048_576;
const HAS_PSQL = spawnSync("psql", ["--version"]).status === 0;

describe("a proxy before a real database", () => {
  let cluster: TestCluster;
  let test: TestProxy;

  before(async () => {
    assert.equal(Buffer.byteLength(ODD), 63);
    cluster = await startTestCluster({ databaseName: "app" });
    const master = await cluster.login(MASTER.username, MASTER.password);
    await master.query(`CREATE DATABASE "${ODD.replaceAll('"', '""')}"`);
    await master.end();
    await cluster.asSuperuser([`CREATE ROLE "${JANE}" LOGIN`, `GRANT rds_iam, pg_signal_backend TO "${JANE}"`]);
  });
  after(() => cluster.close());

  beforeEach(async () => {
    test = await openTestProxy({ openStream: streamsTo(cluster), applicationName: "sallyport developer" });
  });
  afterEach(() => test.close());

  it("logs in as the role that it is for, and says how much went through", async () => {
    const client = await test.connect({ application_name: "a test" });
    const { rows } = await client.query(
      "SELECT session_user AS me, current_database() AS db, current_setting('application_name') AS name",
    );
    assert.deepEqual(rows, [{ me: JANE, db: "postgres", name: "a test (sallyport developer)" }]);
    assert.equal(test.proxy.connections, 1);
    await client.end();
    await test.seen("proxy.connection.closed");
    const [opened, closed] = test.events;
    assert.deepEqual(opened, {
      type: "proxy.connection.opened",
      connection: 1,
      database: "postgres",
      client: "a test (sallyport developer)",
    });
    assert.ok(closed?.type === "proxy.connection.closed" && closed.up > 50 && closed.down > 50);
    assert.equal(test.proxy.connections, 0);
    assert.ok(test.streams[0]?.destroyed);
  });

  it("a database's name may hold quotes, spaces, @ and 63 bytes", async () => {
    const client = await test.connect({ database: ODD });
    assert.deepEqual((await client.query("SELECT current_database() AS db")).rows, [{ db: ODD }]);
    await client.end();
  });

  it("startup parameters reach the database unchanged", async () => {
    const client = await test.connect({ options: "-c geqo_seed=0.25 -c DateStyle=SQL,\\ DMY" });
    const { rows } = await client.query("SELECT current_setting('geqo_seed') s, current_setting('DateStyle') d");
    assert.deepEqual(rows, [{ s: "0.25", d: "SQL, DMY" }]);
    await client.end();
  });

  const REFUSED: readonly (readonly [string, Record<string, string>, string])[] = [
    ["another local user", { user: "root" }, `28000 this port logs in as "${JANE}"; it was asked for "root"`],
    ["a wrong local secret", { password: "wrong" }, `28P01 password authentication failed for user "${JANE}"`],
    [
      "another user with a wrong secret, who learns nothing",
      { user: "root", password: "wrong" },
      '28P01 password authentication failed for user "root"',
    ],
    ["a database that does not exist", { database: "missing" }, '3D000 database "missing" does not exist'],
  ];
  for (const [what, config, expected] of REFUSED)
    it(`refuses ${what}`, async () => {
      assert.equal(await test.verdict(config), expected);
      await test.seen("proxy.connection.refused");
      const [code = "", ...text] = expected.split(" ");
      assert.deepEqual(test.events, [{ type: "proxy.connection.refused", connection: 1, code, text: text.join(" ") }]);
      assert.equal(test.streams.length, code === "3D000" ? 1 : 0);
    });

  it("passes on that the database refuses the token", async () => {
    const other = await openTestProxy({
      openStream: streamsTo(cluster),
      password: () => Promise.resolve(token(JANE, "denied")),
    });
    assert.equal(await other.verdict(), `28000 PAM authentication failed for user "${JANE}"`);
    await other.close();
  });

  it("asks for a fresh password for every login", async () => {
    let count = 0;
    const password = (): Promise<string> => {
      count += 1;
      if (count === 3) throw new SallyportError("AUTH_SIGN_IN_EXPIRED", { message: "Your sign-in ended." });
      return Promise.resolve(token(JANE));
    };
    const other = await openTestProxy({ openStream: streamsTo(cluster), password });
    const verdicts = [await other.verdict(), await other.verdict(), await other.verdict()];
    assert.deepEqual(verdicts, ["accepted", "accepted", "08006 Your sign-in ended."]);
    await other.close();
  });

  it("speaks TLS with whoever insists", async () => {
    const ca = await localCertificate(test);
    for (const host of ["127.0.0.1", "localhost"]) {
      const client = await test.connect({ host, ssl: { ca } });
      assert.deepEqual((await client.query("SELECT session_user AS me")).rows, [{ me: JANE }]);
      await client.end();
    }
  });

  it("speaks 3.2 although the database speaks 3.0", () =>
    inTemporaryFolder(async (folder) => {
      const listen = { kind: "socket", folder, port: 5432 } as const;
      const socket = await openTestProxy({ openStream: streamsTo(cluster) }, { listen, secret: undefined });
      const raw = await rawConnection({ path: `${folder}/.s.PGSQL.5432` });
      raw.write(startupMessage(2, parameters({ user: JANE, database: "missing" })));
      assert.equal(told(await readToEnd(raw))["M"], 'database "missing" does not exist');
      assert.equal(await socket.verdict({ password: undefined }), "accepted");
      await socket.close();
    }));

  it("cancels a query by the server's own key", async () => {
    const client = await test.connect();
    const query = client.query("SELECT pg_sleep(60)");
    await sleeping(test, keyOf(client).readInt32BE(0));
    const socket = await rawConnection(test.proxy);
    const answer = readToEnd(socket);
    socket.write(cancelRequest(keyOf(client)));
    await assert.rejects(query, { code: "57014" });
    assert.equal((await answer).length, 0);
    await test.seen("proxy.query.cancelled");
    assert.ok(test.events.some((event) => event.type === "proxy.query.cancelled" && event.connection === 1));
    assert.deepEqual((await client.query("SELECT 1 AS one")).rows, [{ one: 1 }]);
    await client.end();
  });

  it("a client that is killed in the middle of a query leaves no stream", async () => {
    const client = await test.connect();
    const query = client.query("SELECT pg_sleep(60)");
    query.catch(() => undefined);
    const backend = keyOf(client).readInt32BE(0);
    (client as unknown as { connection: { stream: net.Socket } }).connection.stream.resetAndDestroy();
    await test.seen("proxy.connection.closed");
    assert.ok(test.streams[0]?.destroyed);
    assert.equal(test.proxy.connections, 0);
    const other = await test.connect();
    await other.query("SELECT pg_terminate_backend($1)", [backend]);
    await other.end();
  });

  it("a database that ends in the middle of a query ends the client, in its own words", async () => {
    const [client, other] = [await test.connect(), await test.connect()];
    const query = client.query("SELECT pg_sleep(60)");
    await other.query("SELECT pg_terminate_backend($1)", [keyOf(client).readInt32BE(0)]);
    await assert.rejects(query, { code: "57P01", message: "terminating connection due to administrator command" });
    await other.end();
  });

  it("a stream that breaks in the middle of a query closes the client's connection", async () => {
    const client = await test.connect();
    const query = client.query("SELECT pg_sleep(60)");
    test.streams[0]?.destroy(new Error("the tunnel broke"));
    await assert.rejects(query, { message: "Connection terminated unexpectedly" });
    await test.seen("proxy.connection.closed");
  });

  it("holds as many connections as it may, and says so", async () => {
    const small = await openTestProxy({ openStream: streamsTo(cluster) }, { maxConnections: 2 });
    const [one, two] = [await small.connect(), await small.connect()];
    assert.equal(await small.verdict(), "53300 this proxy holds 2 connections already");
    assert.equal(await small.verdict({ password: "wrong" }), `28P01 password authentication failed for user "${JANE}"`);
    await one.end();
    await small.seen("proxy.connection.closed");
    assert.equal(await small.verdict(), "accepted");
    await two.end();
    await small.close();
  });

  it("serves 20 connections at once", async () => {
    const clients = await Promise.all(Array.from({ length: 20 }, () => test.connect()));
    assert.equal(test.proxy.connections, 20);
    const answers = await Promise.all(
      clients.map(async (client, at) => (await client.query<{ n: string }>("SELECT $1::text AS n", [at])).rows[0]?.n),
    );
    assert.deepEqual(
      answers,
      clients.map((_client, at) => String(at)),
    );
    await Promise.all(clients.map((client) => client.end()));
  });

  it("brings a result of 16 MiB whole to a reader that stops again and again", async () => {
    const client = await test.connect();
    const { stream } = (client as unknown as { connection: { stream: net.Socket } }).connection;
    let pauses = 0;
    stream.on("data", () => {
      stream.pause();
      pauses += 1;
      setImmediate(() => stream.resume());
    });
    const { rows } = await client.query<{ text: string }>(
      "SELECT repeat(chr(64 + n), 1048576) AS text FROM generate_series(1, 16) n",
    );
    assert.ok(pauses > 16);
    assert.equal(rows.length, 16);
    rows.forEach(({ text }, at) => assert.ok(text === String.fromCharCode(65 + at).repeat(MIB), `row ${at}`));
    await client.end();
  });

  it("listens on the other loopback address too, and nowhere else", async () => {
    const request = { openStream: streamsTo(cluster) };
    const six = await openTestProxy(request, { listen: { kind: "tcp", host: "::1", port: 0 } });
    assert.equal(await six.verdict(), "accepted");
    await six.close();
    const listen = { kind: "tcp", host: "0.0.0.0", port: 0 } as never;
    await assert.rejects(openTestProxy(request, { listen }), {
      code: "USAGE",
      message: "A proxy listens on loopback only, not on 0.0.0.0.",
    });
    await assert.rejects(openTestProxy(request, { secret: undefined }), {
      code: "USAGE",
      message: "A proxy on a port needs a local secret.",
    });
  });

  it("does not start on a taken port", async () => {
    const { port } = test.proxy;
    const listen = { kind: "tcp", host: "127.0.0.1", port } as const;
    await assert.rejects(openTestProxy({ openStream: streamsTo(cluster) }, { listen }), {
      code: "PROXY_PORT_TAKEN",
      message: `Port ${port} of 127.0.0.1 is taken.`,
    });
  });

  it("closing twice is one closing", async () => {
    await Promise.all([test.proxy.close(), test.proxy.close()]);
    await assert.rejects(rawConnection(test.proxy), { code: "ECONNREFUSED" });
  });

  describe("psql", () => {
    const psql = async (more: Record<string, string>, ...args: string[]): Promise<{ code: number; text: string }> => {
      const env = {
        PATH: process.env["PATH"],
        PGHOST: "127.0.0.1",
        PGPORT: String(test.proxy.port),
        PGUSER: JANE,
        PGDATABASE: "app",
        PGCONNECT_TIMEOUT: "10",
        ...more,
      };
      try {
        const { stdout } = await promisify(execFile)("psql", ["-X", "-w", "-At", ...args], { env });
        return { code: 0, text: stdout };
      } catch (error) {
        const { code, stderr } = error as { code: number; stderr: string };
        return { code, text: stderr };
      }
    };

    if (!HAS_PSQL)
      it("is not installed here: pg's client goes the same ways", async () => {
        assert.deepEqual(
          [await test.verdict({ database: "app" }), await test.verdict({ database: "app", password: "wrong" })],
          ["accepted", `28P01 password authentication failed for user "${JANE}"`],
        );
      });
    else {
      it("asks, and says where it is", async () => {
        const { code, text } = await psql({ PGPASSWORD: SECRET }, "-c", "SELECT session_user", "-c", "\\conninfo");
        assert.equal(code, 0, text);
        const where = `You are connected to database "app" as user "${JANE}" on host "127.0.0.1" at port "${test.proxy.port}".`;
        assert.deepEqual(text.split("\n").slice(0, 2), [JANE, where]);
      });

      for (const mode of ["disable", "prefer", "require"])
        it(`with sslmode=${mode}`, async () => {
          const { text } = await psql({ PGPASSWORD: SECRET, PGSSLMODE: mode }, "-c", "\\conninfo");
          assert.equal(text.includes("SSL connection (protocol: TLSv1.3"), mode !== "disable", text);
        });

      it("with a wrong secret says whose secret is asked for", async () => {
        const { code, text } = await psql({ PGPASSWORD: "wrong", PGSSLMODE: "disable" }, "-c", "SELECT 1");
        assert.equal(code, 2);
        assert.match(text, /FATAL: {2}password authentication failed for user "jane@example.com"/);
        assert.match(text, /DETAIL: {2}This port asks for Sallyport's local secret, not for a database password\./);
        assert.match(text, /HINT: {2}Sallyport sets PGPASSWORD/);
      });

      it("without a password asks for one: no refusal is told", async () => {
        const { code, text } = await psql({ PGSSLMODE: "disable" }, "-c", "SELECT 1");
        assert.equal(code, 2);
        assert.match(text, /fe_sendauth: no password supplied/);
        assert.equal(await test.verdict(), "accepted");
        await test.seen("proxy.connection.closed");
        assert.deepEqual(
          test.events.map(({ type }) => type),
          ["proxy.connection.opened", "proxy.connection.closed"],
        );
      });

      it("with channel_binding=require goes away by itself: the certificate here proves nothing", async () => {
        const { code, text } = await psql({ PGPASSWORD: SECRET, PGCHANNELBINDING: "require" }, "-c", "SELECT 1");
        assert.equal(code, 2);
        assert.match(text, /channel binding is required, but server did not offer/);
      });
    }
  });
});

describe("a proxy whose database hangs up", () => {
  it("has no more events than connections", async () => {
    const refused = fatal(new Refusal("57P03", "the database system is starting up"));
    const server = net.createServer((socket) =>
      socket
        .on("error", () => undefined)
        .resume()
        .end(refused),
    );
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as net.AddressInfo;
    const test = await openTestProxy({ openStream: () => rawConnection({ host: "127.0.0.1", port }) });
    assert.equal(await test.verdict(), "57P03 the database system is starting up");
    assert.equal(test.events.length, 1);
    await test.close();
    await new Promise((resolve) => server.close(resolve));
  });
});

/** Process id and secret key of a client of pg. */
function keyOf(client: Client): Buffer {
  const { processID, secretKey } = client as unknown as { processID: number; secretKey: number };
  const key = Buffer.alloc(8);
  key.writeInt32BE(processID, 0);
  key.writeInt32BE(secretKey, 4);
  return key;
}

/** Waits until the database runs the statement of a backend: a cancel request that comes before is in vain. */
async function sleeping(test: TestProxy, backend: number): Promise<void> {
  const other = await test.connect();
  const waits = async (): Promise<boolean> =>
    (await other.query("SELECT FROM pg_stat_activity WHERE pid = $1 AND wait_event = 'PgSleep'", [backend]))
      .rowCount === 1;
  while (!(await waits()));
  await other.end();
}

/** The certificate that a proxy shows, PEM, from a handshake that does not believe it yet. */
async function localCertificate({ proxy }: TestProxy): Promise<string> {
  const socket = await rawConnection(proxy);
  socket.write(Buffer.from("0000000804d2162f", "hex"));
  await once(socket, "data");
  const secure = tls.connect({ socket, servername: "localhost" });
  let shown = "";
  secure.prependListener("secure", () => (shown = new X509Certificate(secure.getPeerCertificate().raw).toString()));
  const [error] = (await once(secure, "error")) as [NodeJS.ErrnoException];
  assert.equal(error.code, "DEPTH_ZERO_SELF_SIGNED_CERT");
  socket.destroy();
  return shown;
}
