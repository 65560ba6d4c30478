import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { ChannelClient } from "../../../../support/channel-client";
import { seededBytes } from "../../../../support/estate-fixtures";
import { gatewayWorld, type GatewayWorld } from "../../../../support/gateway-world";

const random = seededBytes("gateway faults");
const sha = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");

describe("gateway and agent under faults", () => {
  let world: GatewayWorld;
  let client: ChannelClient;
  let sessionId: string;
  afterEach(async () => {
    client.close();
    await world.close();
  });

  /** A world whose only session is ready. */
  async function open(options: Parameters<typeof gatewayWorld>[0] = {}): Promise<void> {
    world = await gatewayWorld(options);
    const access = world.start();
    sessionId = access.sessionId;
    client = await new ChannelClient().open(access);
    await client.ready();
  }

  const resume = async (): Promise<void> => {
    const access = world.gateway.resume(sessionId);
    assert.ok(access);
    await client.open(access);
  };

  /** Sends through the echo and compares. */
  async function echo(
    id: number,
    size: number,
    meanwhile: () => Promise<void> | void = () => undefined,
  ): Promise<void> {
    const sent = random(size);
    client.syn(id);
    client.write(id, sent);
    await meanwhile();
    await client.until(() => client.got(id).length >= size || client.over !== undefined);
    assert.equal(client.over, undefined);
    assert.equal(sha(client.got(id)), sha(sent));
    client.fin(id);
    await client.until(() => client.ended.has(id));
  }

  it("matrix 15: one acknowledgement for each message of the client, none for its acknowledgements", async () => {
    await open();
    await echo(3, 100_000);
    const acknowledgements = () => client.frames.filter(({ type }) => type === "acknowledge");
    // One that took long may have been sent twice, and is acknowledged twice.
    await client.until(() => acknowledgements().length >= client.sent.length);
    const acks = acknowledgements();
    assert.ok(acks.every(({ flags, sequence, payloadType }) => flags === 3 && sequence === 0 && payloadType === 0));
    const acknowledged = acks.map(({ payload }) => {
      const content = JSON.parse(payload.toString()) as Record<string, unknown>;
      assert.equal(content["AcknowledgedMessageType"], "input_stream_data");
      return content["AcknowledgedMessageSequenceNumber"];
    });
    const ascending = (numbers: readonly unknown[]) => numbers.map(Number).sort((a, b) => a - b);
    assert.deepEqual(ascending(acknowledged), ascending(client.sent));
  });

  const FAULTS: readonly [string, Parameters<typeof gatewayWorld>[0]][] = [
    ["16: frames that overtake one another by up to 30 ms", { knobs: both({ jitterMs: 30 }) }],
    ["16: frames that are swapped", { knobs: both({ reorder: 0.3 }) }],
    ["17: a fifth of the frames twice", { knobs: both({ duplicate: 0.2 }) }],
    ["18: a twentieth of the frames lost", { knobs: both({ drop: 0.05 }) }],
    ["18: a fifth of the client's frames lost, acknowledgements among them", { knobs: { toAgent: { drop: 0.2 } } }],
    ["6: a tenth of the frames spoilt", { knobs: both({ corrupt: 0.1 }) }],
    ["16: every frame late", { knobs: both({ delayMs: 20 }) }],
  ];
  for (const [title, options] of FAULTS)
    it(`matrix ${title}: what comes back is what was sent`, async () => {
      await open({ ...options, knobs: { resendPerTick: 50, ...options?.knobs } });
      await echo(3, 120_000);
    });

  it("matrix 19: the first data message while the lookup hangs is taken when it comes again", async () => {
    world = await gatewayWorld();
    let found = (): void => undefined;
    const { resolve } = world;
    world.resolve = async (...asked) => {
      await new Promise<void>((go) => (found = go));
      return resolve(...asked);
    };
    client = await new ChannelClient().open(world.start());
    await client.ready();
    client.syn(3);
    client.write(3, "first");
    setTimeout(() => found(), 300);
    await client.until(() => client.got(3).toString() === "first");
    assert.equal(client.over, undefined);
  });

  for (const [count, size] of [
    [50, 20_000],
    [200, 5_000],
  ] as const)
    it(`matrix 27: ${count} streams at once, each with its own bytes; none is left at the end`, async () => {
      await open();
      await Promise.all(Array.from({ length: count }, (_, at) => echo(3 + 2 * at, size)));
      assert.equal(world.accepted.length, count);
    });

  it("matrix 29: a refused destination is flag 3 and FIN, and the session lives", async () => {
    await open();
    const { dial } = world;
    world.dial = () => Promise.reject(Object.assign(new Error("refused"), { code: "ECONNREFUSED" }));
    client.syn(3);
    await client.until(() => client.ended.has(3));
    assert.ok(client.payloads.includes(10));
    world.dial = dial;
    await echo(5, 1_000);
  });

  it("matrix 30: a dial that hangs holds up new streams, and no open one", async () => {
    await open();
    client.syn(3);
    client.write(3, "a");
    await client.until(() => client.got(3).length === 1);
    const { dial } = world;
    let hangs = (): void => undefined;
    world.dial = async (...asked) => {
      world.dial = dial;
      await new Promise<void>((go) => (hangs = go));
      return dial(...asked);
    };
    client.syn(5);
    client.syn(7);
    client.write(7, "new");
    client.write(3, "b");
    await client.until(() => client.got(3).length === 2);
    assert.equal(world.accepted.length, 1);
    hangs();
    await client.until(() => client.got(7).toString() === "new");
  });

  it("matrix 31: a target that does not read stops the acknowledgements, on a resumed socket too; when it reads all arrives", async () => {
    const got: Buffer[] = [];
    await open({ serve: (socket) => void socket.pause() });
    const sent = random(16 * 1024 * 1024);
    client.syn(3);
    client.write(3, sent);
    await client.until(() => world.accepted.length === 1 || client.over !== undefined);
    const still = async (): Promise<number> => {
      for (let before = -1; ;) {
        if (client.outstanding === before) return before;
        before = client.outstanding;
        await new Promise((resolve) => setTimeout(resolve, 400));
      }
    };
    const waiting = await still();
    assert.ok(waiting > 0 && waiting < sent.length / 16_384, `${waiting} messages wait`);
    world.gateway.faults.closeSockets(1006);
    await client.until(() => client.closes.length === 1);
    await resume();
    assert.ok((await still()) > 0);
    const [target] = world.accepted;
    target?.on("data", (piece: Buffer) => got.push(piece)).resume();
    await client.until(() => client.outstanding === 0);
    client.fin(3);
    await client.until(() => client.ended.has(3));
    if (target && !target.readableEnded) await once(target, "end");
    assert.equal(sha(Buffer.concat(got)), sha(sent));
  });

  for (const code of [1000, 1001, 1003, 1006, 1011]) {
    it(`matrix 33, 34: a socket closed with ${code} in mid-transfer is resumed with nothing lost`, async () => {
      await open();
      await echo(3, 400_000, async () => {
        await client.until(() => client.got(3).length > 20_000);
        assert.equal(world.gateway.faults.closeSockets(code), 1);
        await client.until(() => client.closes.length === 1);
        await resume();
      });
      assert.match(client.closes[0] ?? "", new RegExp(`^${code}`));
    });
  }

  it("matrix 34: Bye comes after 60 minutes of AWS's time even to a channel in use, and the session goes on", async () => {
    await open({ speed: 6_000, knobs: { idleMinutes: 60 } });
    client.syn(3);
    const busy = setInterval(() => client.write(3, "x"), 50);
    await client.until(() => client.closes.length === 1);
    clearInterval(busy);
    assert.deepEqual([client.over, client.closes], [undefined, ["1000 Bye"]]);
    await resume();
    await echo(5, 10_000);
  });

  it("matrix 33: ten cuts in a row, by bytes, in mid-transfer: nothing lost, nothing doubled", async () => {
    await open({ knobs: { closeAfterBytes: 100_000 } });
    await echo(3, 400_000, async () => {
      for (let cut = 1; cut <= 10; cut++) {
        await client.until(() => client.closes.length >= cut || client.got(3).length >= 400_000);
        if (cut === 10) world.knobs.closeAfterBytes = 0;
        if (client.closes.length >= cut) await resume();
      }
    });
    assert.ok(client.closes.length >= 5, `${client.closes.length} cuts`);
  });

  it("matrix 33: a session whose socket is cut idle is resumed without a handshake", async () => {
    await open();
    world.gateway.faults.closeSockets(1006);
    await client.until(() => client.closes.length === 1);
    await resume();
    await echo(3, 1_000);
    assert.equal(client.payloads.filter((type) => type === 5 || type === 7).length, 2);
  });

  it("matrix 34: the agent's own Bye is a silence, then everything", async () => {
    await open();
    await echo(3, 400_000, async () => {
      await client.until(() => client.got(3).length > 20_000);
      world.gateway.faults.reconnectAgents("bye");
    });
    assert.deepEqual(client.closes, []);
  });

  it("matrix 36: an agent whose socket dies in mid-upload takes a message twice: the session is no longer sound", async () => {
    const got: Buffer[] = [];
    await open({ serve: (socket) => void socket.on("data", (piece: Buffer) => got.push(piece)) });
    client.syn(3);
    client.write(3, "before ");
    await client.until(() => client.outstanding === 0);
    assert.equal(world.gateway.faults.reconnectAgents("cut", sessionId), 1);
    client.write(3, "twice ");
    client.write(3, "after");
    await client.until(() => client.outstanding === 0);
    while (Buffer.concat(got).length < 24) await new Promise((resolve) => setTimeout(resolve, 5));
    assert.equal(Buffer.concat(got).toString(), "before twice twice after");
  });

  it("matrix 36: an agent that dies ends streams and session, with channel_closed that says nothing", async () => {
    await open();
    client.syn(3);
    client.write(3, "x");
    await client.until(() => client.got(3).length === 1);
    assert.equal(world.gateway.faults.restartAgents(), 1);
    await client.until(() => client.over !== undefined);
    assert.equal(client.over, "");
    const [target] = world.accepted;
    if (target && !target.destroyed) await once(target.resume(), "close");
    assert.equal(world.gateway.resume(sessionId), undefined);
  });

  it("matrix 37: pause and start are said to the client; the channel goes on", async () => {
    await open();
    const said = (): string[] => client.frames.map(({ type }) => type).filter((type) => type.endsWith("publication"));
    world.gateway.faults.publish(false, "client");
    await client.until(() => said().length === 2);
    world.gateway.faults.publish(true, "client");
    await client.until(() => said().length === 3);
    assert.deepEqual(said(), ["start_publication", "pause_publication", "start_publication"]);
    await echo(3, 1_000);
  });

  it("matrix 37: a paused agent sends no data; an acknowledgement or a message of the client starts it again", async () => {
    let target: { write(text: string): void } | undefined;
    await open({ serve: (socket) => void (target = socket) });
    client.syn(3);
    await client.until(() => target !== undefined && client.outstanding === 0);
    world.gateway.faults.publish(false, "agent");
    target?.write("held back");
    await new Promise((resolve) => setTimeout(resolve, 250));
    assert.equal(client.got(3).length, 0);
    client.write(3, "x");
    await client.until(() => client.got(3).toString() === "held back");
  });

  it("matrix 40: a silent gateway answers no ping and passes nothing on; the socket stays", async () => {
    await open();
    world.knobs.silentGateway = true;
    let pongs = 0;
    client.socket?.on("pong", () => (pongs += 1));
    client.socket?.ping();
    client.syn(3);
    client.write(3, "x");
    await new Promise((resolve) => setTimeout(resolve, 200));
    assert.deepEqual([pongs, client.got(3).length, client.closes], [0, 0, []]);
    world.knobs.silentGateway = false;
    client.socket?.ping();
    await client.until(() => client.got(3).length === 1);
    assert.equal(pongs, 1);
  });

  it("matrix 40: behind a silent agent the gateway still answers pings", async () => {
    await open();
    world.knobs.silentAgent = true;
    client.syn(3);
    client.write(3, "x");
    const socket = client.socket;
    assert.ok(socket);
    const pong = once(socket, "pong");
    socket.ping();
    await pong;
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.deepEqual([client.got(3).length, world.accepted.length, client.outstanding > 0], [0, 0, true]);
    world.knobs.silentAgent = false;
    await client.until(() => client.got(3).length === 1);
  });

  it("matrix 38: idle for 20 minutes of AWS's time, an open channel is told so", async () => {
    await open({ speed: 6_000 });
    await client.until(() => client.over !== undefined);
    assert.equal(client.over, "Session timed out.");
  });

  it("matrix 38: data keeps a session; its maximum duration ends it all the same, with streams open", async () => {
    await open({ speed: 6_000, knobs: { maxMinutes: 40, rotateMinutes: 0 } });
    client.syn(3);
    const busy = setInterval(() => client.write(3, "x"), 50);
    await client.until(() => client.over !== undefined);
    clearInterval(busy);
    assert.equal(client.over, "Session reached its maximum duration.");
  });

  it("matrix 38: a stopped or removed instance ends its sessions", async () => {
    await open();
    const [instance] = world.estate.objects;
    assert.ok(instance);
    instance.props.instanceState = "stopped";
    await client.until(() => client.over !== undefined);
    assert.equal(client.over, "");
  });

  it("a fail-over cuts connections; the session keeps the old address, which refuses; a new one finds the new", async () => {
    await open();
    client.syn(3);
    client.write(3, "x");
    await client.until(() => client.got(3).length === 1);
    await world.failOver();
    await client.until(() => client.ended.has(3));
    client.syn(5);
    await client.until(() => client.ended.has(5));
    assert.ok(client.payloads.includes(10));
    assert.equal(client.over, undefined);
    client.close();
    client = await new ChannelClient().open(world.start());
    await client.ready();
    await echo(3, 1_000);
  });

  it("matrix 14: a name that does not resolve ends the session right after HandshakeComplete", async () => {
    world = await gatewayWorld();
    world.resolve = (_instance, host) => Promise.reject(new Error(`lookup ${host}: no such host`));
    client = await new ChannelClient().open(world.start());
    await client.until(() => client.over !== undefined);
    assert.deepEqual(client.payloads, [5, 7]);
    assert.equal(client.over, "lookup app.cluster-abc.eu-west-2.rds.amazonaws.com: no such host");
  });

  it("a message rate above the limit gets a pause, then the close of the socket", async () => {
    await open({ knobs: { messagesPerSecond: 20 } });
    client.syn(3);
    const busy = setInterval(() => client.write(3, "x"), 10);
    await client.until(() => client.closes.length === 1);
    clearInterval(busy);
    assert.equal(client.closes[0], "1000 Bye");
    assert.ok(client.frames.some(({ type }) => type === "pause_publication"));
  });

  it("matrix 35: a resumed session's new token opens it once, and its old token never again", async () => {
    await open();
    const access = world.gateway.resume(sessionId);
    const again = world.gateway.resume(sessionId);
    assert.ok(access && again);
    assert.notEqual(access.streamUrl, again.streamUrl);
    await client.open(access);
    await client.until(() => client.closes.length === 1);
    assert.equal(client.closes[0], `1003 Channel ${sessionId}: token is invalid or expired.`);
    await client.open(again);
    await echo(3, 1_000);
  });

  it("counts what it happened to; an unknown session is nothing", async () => {
    await open();
    const { faults } = world.gateway;
    assert.deepEqual(
      [faults.closeSockets(1006, "unknown"), faults.restartAgents("unknown"), faults.publish(true, "client")],
      [0, 0, 1],
    );
  });
});

function both(faults: object) {
  return { toAgent: faults, toClient: faults };
}
