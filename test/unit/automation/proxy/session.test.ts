import assert from "node:assert/strict";
import { once } from "node:events";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import fc from "fast-check";
import { SallyportError } from "../../../../automation/core/errors";
import type { OpenProxyRequest, ProxyUpstream } from "../../../../automation/proxy/proxy-contract";
import { Refusal } from "../../../../automation/proxy/refusal";
import { cancelRequest, startupMessage } from "../../../../automation/proxy/wire/client-messages";
import { AUTHENTICATION_OK, authentication, fatal } from "../../../../automation/proxy/wire/server-messages";
import { FakeClock } from "../../../support/fake-clock";
import { message } from "../../../support/fake-postgres";
import { inTemporaryFolder } from "../../../support/temporary-folder";
import { openTestProxy, parameters, rawConnection, readToEnd, socketPair, told, type TestProxy } from "./proxy-fixture";

const KEY = Buffer.alloc(36, 7);
const ASK = authentication(3);
const GREETING = Buffer.concat([AUTHENTICATION_OK, message("K", KEY), message("Z", "I")]);
const HELLO = startupMessage(2, parameters({ user: "jane", database: "app" }));

describe("a session", () => {
  let test: TestProxy | undefined;
  /** The database's ends of the streams that were opened. */
  let databases: Socket[];
  beforeEach(() => void (databases = []));
  afterEach(async () => {
    for (const each of databases) each.destroy();
    await test?.close();
    test = undefined;
  });

  /** A database that says `bytes` as soon as it is asked for a session. */
  const says =
    (bytes: Buffer, then?: (database: Socket) => void): ProxyUpstream["openStream"] =>
    async () => {
      const [near, far] = await socketPair();
      databases.push(far);
      far.once("data", () => {
        far.write(bytes);
        then?.(far);
      });
      return near;
    };

  /** A proxy on a socket, where nothing is asked for locally, and one raw client that said hello. */
  async function inRoom(
    openStream: ProxyUpstream["openStream"],
    body: (client: Socket, proxy: TestProxy) => Promise<void>,
    more: Partial<OpenProxyRequest> = {},
    first: Buffer = HELLO,
  ): Promise<void> {
    await inTemporaryFolder(async (folder) => {
      const listen = { kind: "socket", folder, port: 1 } as const;
      const proxy = await openTestProxy({ openStream, user: "jane" }, { listen, secret: undefined, ...more });
      const client = await rawSocket(folder);
      client.write(first);
      try {
        await body(client, proxy);
      } finally {
        client.destroy();
        await proxy.close();
      }
    });
  }

  it("on a socket needs no secret, and keeps a client of protocol 3.2 on its long cancel key", () =>
    inRoom(says(GREETING), async (client, { proxy, seen, streams }) => {
      assert.deepEqual(await bytesOf(client, GREETING.length), GREETING);
      await seen("proxy.connection.opened");
      assert.equal(proxy.connections, 1);
      const cancel = await rawSocket(proxy.host);
      cancel.write(cancelRequest(KEY));
      while (databases.length < 2) await turn();
      const forwarded = await heardBy(databases[1], 44);
      assert.deepEqual(forwarded, cancelRequest(KEY));
      databases[1]?.end();
      await once(cancel.resume(), "close");
      await seen("proxy.query.cancelled");
      assert.equal(streams.length, 2);
    }));

  it("ignores a cancel request whose key it did not hand out", () =>
    inRoom(says(GREETING), async (client, { proxy, streams, events }) => {
      await bytesOf(client, GREETING.length);
      for (const key of [Buffer.alloc(36, 8), Buffer.alloc(8, 7)]) {
        const cancel = await rawSocket(proxy.host);
        cancel.write(cancelRequest(key));
        assert.equal((await readToEnd(cancel)).length, 0);
      }
      assert.equal(streams.length, 1);
      assert.deepEqual(
        events.map(({ type }) => type),
        ["proxy.connection.opened"],
      );
    }));

  const PAM = fatal(new Refusal("28000", 'PAM authentication failed for user "jane"'));
  const MISSING = fatal(new Refusal("3D000", 'database "app" does not exist'));
  const REFUSED: readonly (readonly [string, Buffer, Record<string, string>])[] = [
    ["the database's refusal as it is", PAM, { C: "28000", M: 'PAM authentication failed for user "jane"' }],
    [
      "a missing database, after the login",
      Buffer.concat([AUTHENTICATION_OK, MISSING]),
      { C: "3D000", M: 'database "app" does not exist' },
    ],
    [
      "a database that wants md5",
      authentication(5, Buffer.alloc(4)),
      {
        C: "08P01",
        M: "the database sent authentication request 5; expected a cleartext password request over verified TLS",
      },
    ],
  ];
  for (const [what, bytes, expected] of REFUSED)
    it(`tells the client ${what}`, () =>
      inRoom(says(bytes), async (client, { events, seen }) => {
        assert.deepEqual(told(await readToEnd(client)), { S: "FATAL", V: "FATAL", ...expected });
        await seen("proxy.connection.refused");
        assert.deepEqual(events, [
          { type: "proxy.connection.refused", connection: 1, code: expected["C"], text: expected["M"] },
        ]);
      }));

  it("tells the client why the tunnel does not open", () => {
    const error = new SallyportError("TUNNEL_DIAL_TIMEOUT", { message: "No answer from db within 5 s." });
    return inRoom(
      () => Promise.reject(error),
      async (client, { events, proxy }) => {
        assert.deepEqual(told(await readToEnd(client)), {
          S: "FATAL",
          V: "FATAL",
          C: "08006",
          M: "No answer from db within 5 s.",
          D: "TUNNEL_DIAL_TIMEOUT",
          H: "check the bastion's egress and the database's ingress rules",
        });
        assert.deepEqual(events, [
          {
            type: "proxy.connection.refused",
            connection: 1,
            code: "TUNNEL_DIAL_TIMEOUT",
            text: "No answer from db within 5 s.",
          },
        ]);
        assert.equal(proxy.connections, 0);
      },
    );
  });

  it("tells the client that the database hung up before the session began", () =>
    inRoom(
      says(ASK, (database) => database.end()),
      async (client) => {
        const { C, M } = told(await readToEnd(client));
        assert.deepEqual([C, M], ["08006", "The database closed the connection before the session began."]);
      },
    ));

  it("ends the stream to the database when the client goes while the login waits", () =>
    inRoom(says(Buffer.alloc(0)), async (client, { streams, events, proxy }) => {
      while (databases.length === 0) await turn();
      client.destroy();
      await once(databases[0]?.resume() ?? client, "close");
      assert.ok(streams[0]?.destroyed);
      while (proxy.connections > 0) await turn();
      assert.deepEqual(events, []);
    }));

  it("closes a stream that comes when the client has gone", () => {
    let open: ((stream: Duplex) => void) | undefined;
    let signal: AbortSignal | undefined;
    const openStream = (given: AbortSignal): Promise<Duplex> => {
      signal = given;
      return new Promise((resolve) => (open = resolve));
    };
    return inRoom(openStream, async (client) => {
      while (!open) await turn();
      client.destroy();
      while (!signal?.aborted) await turn();
      const [near, far] = await socketPair();
      open(near);
      await once(far.resume(), "close");
    });
  });

  it("gives client and database their time and no more", async () => {
    const clock = new FakeClock();
    await inRoom(
      says(Buffer.alloc(0)),
      async (client, { proxy }) => {
        const silent = await rawSocket(proxy.host);
        while (databases.length === 0 || clock.asleep < 2) await turn();
        await clock.advance(4999);
        assert.ok(!client.destroyed && !silent.destroyed);
        const ends = [client, silent].map(readToEnd);
        await clock.advance(1);
        const [late, mute] = (await Promise.all(ends)).map(told);
        assert.deepEqual([late?.["C"], late?.["M"]], ["08006", "the database did not answer the login within 5 s"]);
        assert.deepEqual([mute?.["C"], mute?.["M"]], ["57014", "no login within 5 s"]);
      },
      { clock, loginTimeoutMs: 5000 },
    );
  });

  it("says at close that the proxy was closed to whom it can be said", () =>
    inRoom(says(GREETING), async (client, { proxy }) => {
      await bytesOf(client, GREETING.length);
      const waiting = await rawSocket(proxy.host);
      const ends = [client, waiting].map(readToEnd);
      while (proxy.connections === 0) await turn();
      await proxy.close();
      const [spliced = Buffer.alloc(1), other = Buffer.alloc(0)] = await Promise.all(ends);
      assert.equal(spliced.length, 0);
      const { C, M } = told(other);
      assert.deepEqual([C, M], ["57P01", "the proxy was closed"]);
    }));

  it("lets running connections end within the grace, and refuses new ones", () =>
    inRoom(says(GREETING), async (client, { proxy, events, seen }) => {
      await bytesOf(client, GREETING.length);
      await seen("proxy.connection.opened");
      const closed = proxy.close(60_000);
      await assert.rejects(rawSocket(proxy.host));
      client.write("still served");
      assert.equal((await heardBy(databases[0], 12)).toString(), "still served");
      client.end();
      await closed;
      assert.equal(events.at(-1)?.type, "proxy.connection.closed");
    }));

  it("the grace has an end", async () => {
    const clock = new FakeClock();
    await inRoom(
      says(GREETING),
      async (client, { proxy, seen }) => {
        await bytesOf(client, GREETING.length);
        await seen("proxy.connection.opened");
        const ended = readToEnd(client);
        const closed = proxy.close(1000);
        await clock.advance(1000);
        await Promise.all([closed, ended]);
      },
      { clock },
    );
  });

  const MALFORMED: readonly (readonly [string, Buffer, string, string])[] = [
    ["a giant startup packet", Buffer.from("7fffffff00030000", "hex"), "08P01", "invalid length of startup packet"],
    ["an HTTP request", Buffer.from("GET / HTTP/1.1\r\n\r\n"), "08P01", "invalid length of startup packet"],
    [
      "protocol 2",
      Buffer.from("0000000800020000", "hex"),
      "0A000",
      "unsupported frontend protocol 2.0: server supports 3.0 to 3.2",
    ],
    [
      "another user",
      startupMessage(0, parameters({ user: "root" })),
      "28000",
      'this port logs in as "jane"; it was asked for "root"',
    ],
  ];
  for (const [what, bytes, C, M] of MALFORMED)
    it(`refuses ${what}`, () =>
      inRoom(
        never,
        async (client) => {
          const found = told(await readToEnd(client));
          assert.deepEqual([found["C"], found["M"]], [C, M]);
        },
        {},
        bytes,
      ));

  it("answers any bytes with an end", () =>
    inRoom(
      never,
      async (_client, { proxy }) => {
        await fc.assert(
          fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 300 }), async (bytes) => {
            const client = await rawSocket(proxy.host);
            client.end(Buffer.from(bytes));
            await readToEnd(client);
          }),
          { numRuns: 100 },
        );
      },
      {},
      Buffer.alloc(0),
    ));
});

/** A database that nobody may reach. */
const never: ProxyUpstream["openStream"] = () => Promise.reject(new Error("the database was reached"));

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function rawSocket(folder: string): Promise<Socket> {
  return rawConnection({ path: `${folder}/.s.PGSQL.1` });
}

async function bytesOf(socket: Duplex, length: number): Promise<Buffer> {
  while (socket.readableLength < length) {
    socket.read(0);
    await turn();
  }
  return socket.read(length) as Buffer;
}

async function heardBy(socket: Socket | undefined, length: number): Promise<Buffer> {
  assert.ok(socket);
  const heard: Buffer[] = [];
  socket.on("data", (chunk: Buffer) => heard.push(chunk));
  while (Buffer.concat(heard).length < length) await turn();
  return Buffer.concat(heard);
}
