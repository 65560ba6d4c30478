import assert from "node:assert/strict";
import { systemClock } from "../../../../automation/core/clock";
import { SallyportError } from "../../../../automation/core/errors";
import { Redactor } from "../../../../automation/core/redactor";
import { chooseTarget } from "../../../../automation/door/door-target";
import { openDoor, type OpenDoorRequest, type OpenTunnel } from "../../../../automation/door/open-door";
import { SMALL_DESCRIPTOR } from "../../../support/door-descriptor";
import { EXAMPLE_KEYS } from "../../../support/fake-aws";
import { fakePostgres, rowAnswer, type FakePostgres } from "../../../support/fake-postgres";
import { fakeTunnel, tunnelTo, type FakeStream, type FakeTunnel } from "../../../support/fake-tunnel";
import { makeAuthority, type MadeAuthority } from "../../../support/made-certificates";

const HOST = "payments-dev-app.cluster-abc.eu-west-2.rds.amazonaws.com";

describe("opening a door", () => {
  let authority: MadeAuthority;
  let server: FakePostgres;
  let said: string[];
  before(async () => {
    authority = await makeAuthority();
  });
  beforeEach(async () => {
    said = [];
    server = await fakePostgres(await authority.issue([HOST]), {
      answers: { "select 1 as one": rowAnswer({ one: "1" }) },
    });
  });
  afterEach(() => server.close());

  const tunnel: OpenTunnel = async (session) => {
    said.push(`tunnel ${session.sessionId} ${session.tokenValue} ${session.connectTimeoutMs}`);
    assert.match((await session.sign(session.streamUrl)).authorization ?? "", /eu-west-2\/ssmmessages\/aws4_request/);
    return tunnelTo(
      () => server.stream(),
      () => said.push("tunnel closed"),
    );
  };

  const request = (openTunnel: OpenTunnel, redactor = new Redactor()): OpenDoorRequest => ({
    target: chooseTarget(SMALL_DESCRIPTOR, undefined).door,
    calls: {
      rds: {
        clustersByResourceId: async (resourceId) => [
          {
            identifier: "payments-dev-app",
            resourceId,
            arn: "arn:aws:rds:eu-west-2:000000000000:cluster:payments-dev-app",
            status: "available",
            engine: "aurora-postgresql",
            engineVersion: "16.6",
            endpoint: HOST,
            readerEndpoint: "",
            port: 5432,
            iamAuthentication: true,
            masterUserName: "",
            masterSecretArn: undefined,
            databaseName: undefined,
          },
        ],
      },
      ssm: {
        describeDocument: async (name) => ({ name, hash: "a".repeat(64), status: "Active", version: "1" }),
        nodesByTag: async () => [{ instanceId: "i-1", pingStatus: "Online", lastPing: undefined, agentVersion: "" }],
        isConnected: async () => true,
        startSession: async ({ target, documentName }) => {
          said.push(`start ${target} ${documentName}`);
          return {
            sessionId: "jane-1",
            tokenValue: "token-value",
            streamUrl: "wss://ssmmessages.example/v1/data-channel/jane-1",
          };
        },
        resumeSession: async () => undefined,
        terminateSession: async (id) => {
          said.push(`end ${id}`);
          throw new Error("already gone");
        },
      },
    },
    openTunnel,
    credentials: EXAMPLE_KEYS,
    authorities: [authority.ca],
    clock: systemClock,
    randomBytes: (size) => Buffer.alloc(size),
    redactor,
    connectTimeoutMs: 5_000,
    applicationName: "sallyport test",
  });

  it("starts a session with the pinned document, logs in with a token for the real endpoint, and ends both", async () => {
    const redactor = new Redactor();
    const door = await openDoor(request(tunnel, redactor));
    assert.deepEqual([door.host, door.port, door.instanceId, door.sessionId], [HOST, 5432, "i-1", "jane-1"]);
    const client = await door.openDatabase({ user: "jane@example.com", database: "app" });
    assert.deepEqual((await client.query("select 1 as one")).rows, [{ one: "1" }]);
    await client.end();
    await door.close();
    await door.close();
    assert.deepEqual(said, [
      "start i-1 sp-payments-dev-app-writer",
      "tunnel jane-1 token-value 5000",
      "tunnel closed",
      "end jane-1",
    ]);
    const password = server.logins[0]?.password ?? "";
    assert.ok(password.startsWith(`${HOST}:5432/?Action=connect&DBUser=jane%40example.com&`), password);
    assert.equal(redactor.redact(`${password} token-value`), "«redacted» «redacted»");
  });

  it("logs in with a password where one is given", async () => {
    const door = await openDoor(request(tunnel));
    const client = await door.openDatabase({ user: "sallyport_master", database: "postgres", password: "master-pass" });
    await client.end();
    await door.close();
    assert.equal(server.logins[0]?.password, "master-pass");
  });

  it("a lost session is replaced where AWS says the door is now, and ended there too", async () => {
    const tunnels: FakeTunnel[] = [];
    const calls = request(tunnel).calls;
    let node = "i-1";
    const moving: OpenDoorRequest = {
      ...request(async () => {
        const one = fakeTunnel();
        tunnels.push(one);
        return one;
      }),
      calls: {
        ...calls,
        ssm: {
          ...calls.ssm,
          nodesByTag: async () => [{ instanceId: node, pingStatus: "Online", lastPing: undefined, agentVersion: "" }],
        },
      },
    };
    const events: string[] = [];
    const door = await openDoor({ ...moving, onEvent: ({ type }) => events.push(type) });
    node = "i-2";
    tunnels[0]?.end("The session was ended: bastion replaced.");
    await new Promise((resolve) => setImmediate(resolve));
    await door.openStream();
    await door.close();
    assert.deepEqual(said, [
      "start i-1 sp-payments-dev-app-writer",
      "end jane-1",
      "start i-2 sp-payments-dev-app-writer",
      "end jane-1",
    ]);
    assert.deepEqual(events, ["session-opened", "session-lost", "session-opened"]);
  });

  it("a door that is not what it should be any more is not followed by the next session either", async () => {
    const tunnels: FakeTunnel[] = [];
    const base = request(async () => {
      const one = fakeTunnel();
      tunnels.push(one);
      return one;
    });
    let hash = "a".repeat(64);
    const describeDocument = async (name: string) => ({ name, hash, status: "Active", version: "1" });
    const door = await openDoor({ ...base, calls: { ...base.calls, ssm: { ...base.calls.ssm, describeDocument } } });
    hash = "e".repeat(64);
    tunnels[0]?.end("gone");
    await new Promise((resolve) => setImmediate(resolve));
    await assert.rejects(door.openStream(), { code: "DOOR_MISMATCH" });
    await door.close();
  });

  it("after a fail-over a refused dial is tried once more, over a session that looks the name up anew", async () => {
    const opened: number[] = [];
    let now = Date.now();
    const door = await openDoor({
      ...request(async () => {
        const session = opened.push(0);
        const fake = fakeTunnel();
        return {
          get load() {
            return fake.load;
          },
          closed: fake.closed,
          close: () => fake.close(),
          // The first session leads to an address that nobody answers at any more.
          openStream: async () => {
            if (session > 1) return Object.assign(await server.stream(), { endedByPeer: false });
            const stream = (await fake.openStream()) as FakeStream;
            setImmediate(() => {
              fake.set.failedDials = 1;
              stream.endByPeer();
            });
            return stream;
          },
        };
      }),
      clock: { now: () => now, sleep: (ms, signal) => systemClock.sleep(ms, signal) },
    });
    now += 60_000;
    const secure = await door.openSecureStream();
    assert.equal(secure.authorized, true);
    secure.destroy();
    assert.equal(opened.length, 2);
    await door.close();
  });

  it("a session that ends under a stream before TLS is up costs its user nothing", async () => {
    const tunnels: FakeTunnel[] = [];
    const door = await openDoor(
      request(async () => {
        const fake = fakeTunnel();
        const first = tunnels.push(fake) === 1;
        return {
          get load() {
            return fake.load;
          },
          closed: fake.closed,
          close: () => fake.close(),
          openStream: async () => {
            if (!first) return Object.assign(await server.stream(), { endedByPeer: false });
            const stream = (await fake.openStream()) as FakeStream;
            setImmediate(() => {
              stream.destroy(new SallyportError("TUNNEL_CLOSED", { message: "The session was ended: no reason." }));
              fake.end("The session was ended: no reason.");
            });
            return stream;
          },
        };
      }),
    );
    const secure = await door.openSecureStream();
    assert.equal(secure.authorized, true);
    secure.destroy();
    assert.equal(tunnels.length, 2);
    await door.close();
    await assert.rejects(door.openSecureStream(), { code: "TUNNEL_CLOSED", message: "The tunnel was closed here." });
  });

  it("ends the session when the tunnel cannot be opened", async () => {
    const failing: OpenTunnel = () => Promise.reject(new Error("no channel"));
    await assert.rejects(openDoor(request(failing)), /no channel/);
    assert.deepEqual(said, ["start i-1 sp-payments-dev-app-writer", "end jane-1"]);
  });
});
