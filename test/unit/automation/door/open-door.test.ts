import assert from "node:assert/strict";
import { systemClock } from "../../../../automation/core/clock";
import { SallyportError } from "../../../../automation/core/errors";
import { Redactor } from "../../../../automation/core/redactor";
import { chooseTarget } from "../../../../automation/door/door-target";
import { openDoor, type Door, type OpenDoorRequest, type OpenTunnel } from "../../../../automation/door/open-door";
import { doorCalls, type FakeDoorCalls } from "../../../support/door-calls";
import { SMALL_DESCRIPTOR } from "../../../support/door-descriptor";
import { EXAMPLE_KEYS } from "../../../support/fake-aws";
import { fakePostgres, rowAnswer, type FakePostgres } from "../../../support/fake-postgres";
import { fakeTunnel, tunnelTo, type FakeStream, type FakeTunnel } from "../../../support/fake-tunnel";
import { makeAuthority, type MadeAuthority } from "../../../support/made-certificates";

const HOST = "payments-dev-app.cluster-abc.eu-west-2.rds.amazonaws.com";

describe("opening a door", () => {
  let authority: MadeAuthority;
  let server: FakePostgres;
  let calls: FakeDoorCalls;
  before(async () => {
    authority = await makeAuthority();
  });
  beforeEach(async () => {
    const terminateSession = async (id: string): Promise<void> => {
      calls.said.push(`end ${id}`);
      throw new Error("already gone");
    };
    calls = doorCalls({ endpoint: HOST, ssm: { terminateSession } });
    server = await fakePostgres(await authority.issue([HOST]), {
      answers: { "select 1 as one": rowAnswer({ one: "1" }) },
    });
  });
  afterEach(() => server.close());

  const tunnel: OpenTunnel = async (session) => {
    calls.said.push(`tunnel ${session.sessionId} ${session.tokenValue} ${session.connectTimeoutMs}`);
    assert.match((await session.sign(session.streamUrl)).authorization ?? "", /eu-west-2\/ssmmessages\/aws4_request/);
    return tunnelTo(
      () => server.stream(),
      () => calls.said.push("tunnel closed"),
    );
  };

  const request = (openTunnel: OpenTunnel, redactor = new Redactor()): OpenDoorRequest => ({
    target: chooseTarget(SMALL_DESCRIPTOR, undefined).door,
    calls,
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
    assert.deepEqual(calls.said, [
      "start i-1 sp-payments-dev-app-writer",
      "tunnel jane-1 first-token 5000",
      "tunnel closed",
      "end jane-1",
    ]);
    const password = server.logins[0]?.password ?? "";
    assert.ok(password.startsWith(`${HOST}:5432/?Action=connect&DBUser=jane%40example.com&`), password);
    assert.equal(redactor.redact(`${password} first-token`), "«redacted» «redacted»");
  });

  it("logs in with a password where one is given", async () => {
    const door = await openDoor(request(tunnel));
    const client = await door.openDatabase({ user: "sallyport_master", database: "postgres", password: "master-pass" });
    await client.end();
    await door.close();
    assert.equal(server.logins[0]?.password, "master-pass");
  });

  it("never sends the password to a server with another name", async () => {
    const other = await fakePostgres(await authority.issue(["other.example"]));
    const door = await openDoor(request(async () => tunnelTo(() => other.stream())));
    await assert.rejects(door.openDatabase({ user: "jane@example.com", database: "app" }), {
      code: "TLS_WRONG_NAME",
      message: `The certificate is for "other.example", not "${HOST}".`,
    });
    assert.deepEqual(other.logins, []);
    await door.close();
    await other.close();
  });

  it("a lost session is replaced where AWS says the door is now, and ended there too", async () => {
    const tunnels: FakeTunnel[] = [];
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
    assert.deepEqual(calls.said, [
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

  describe("over a first session that ends under its stream before TLS is up", () => {
    let tunnels: FakeTunnel[];
    let door: Door;
    beforeEach(async () => {
      tunnels = [];
      door = await openDoor(
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
    });
    afterEach(() => door.close());

    it("a secure stream is opened over the next one", async () => {
      const secure = await door.openSecureStream();
      assert.equal(secure.authorized, true);
      secure.destroy();
      assert.equal(tunnels.length, 2);
    });

    it("a login is made over the next one, once", async () => {
      const client = await door.openDatabase({ user: "jane@example.com", database: "app" });
      assert.deepEqual((await client.query("select 1 as one")).rows, [{ one: "1" }]);
      await client.end();
      assert.deepEqual([tunnels.length, server.logins.length], [2, 1]);
    });

    it("a door that is closed opens nothing more", async () => {
      await door.close();
      await assert.rejects(door.openSecureStream(), {
        code: "TUNNEL_CLOSED",
        message: "The tunnel was closed here.",
        next: "run again",
      });
      assert.equal(tunnels.length, 1);
    });
  });

  it("ends the session when the tunnel cannot be opened", async () => {
    const failing: OpenTunnel = () => Promise.reject(new Error("no channel"));
    await assert.rejects(openDoor(request(failing)), /no channel/);
    assert.deepEqual(calls.said, ["start i-1 sp-payments-dev-app-writer", "end jane-1"]);
  });
});
