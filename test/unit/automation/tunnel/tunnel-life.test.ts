import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import type { Duplex } from "node:stream";
import { systemClock, type Clock } from "../../../../automation/core/clock";
import { SallyportError } from "../../../../automation/core/errors";
import { openTunnel } from "../../../../automation/tunnel/tunnel";
import { gatewayWorld, type GatewayWorld } from "../../../support/gateway-world";
import { ofPayload, scriptedAgent, type ScriptedAgent } from "../../../support/scripted-agent";

const sha256 = (data: Buffer): string => createHash("sha256").update(data).digest("hex");
/** Quick pauses; everything else as it is. */
const QUICK = { resumeFirstMs: 10, resumeMaxMs: 40, signInPollMs: 20 };

/** The hash of what comes back. */
function echoed(stream: Duplex, length: number): Promise<string> {
  const hash = createHash("sha256");
  let seen = 0;
  return new Promise((resolve, reject) => {
    stream.on("data", (piece: Buffer) => {
      hash.update(piece);
      seen += piece.length;
      if (seen >= length) resolve(hash.digest("hex"));
    });
    stream.on("error", reject);
    stream.on("end", () => reject(new Error(`ended after ${seen} of ${length} bytes`)));
  });
}

describe("the life of a tunnel over several sockets", () => {
  let world: GatewayWorld;
  const cut = (): void => {
    for (const socket of world.upgradeSockets) socket.destroy();
  };
  const types = (): string[] => world.events.map((event) => event.type);
  const seen = async (type: string, count = 1): Promise<void> => {
    while (types().filter((one) => one === type).length < count) await new Promise((r) => setImmediate(r));
  };
  afterEach(() => world.close());

  it("matrix 33: a socket killed while idle: the stream goes on, the port's user sees nothing", async () => {
    world = await gatewayWorld();
    const tunnel = await world.tunnel({ limits: QUICK });
    const stream = await tunnel.openStream();
    stream.write("a");
    await once(stream, "data");
    cut();
    await seen("restored");
    stream.write("b");
    assert.equal(String((await once(stream, "data"))[0]), "b");
    assert.deepEqual(types().slice(-2), ["suspended", "restored"]);
    assert.deepEqual([world.accepted.length, tunnel.load.ready], [1, true]);
  });

  it("matrix 33: killed ten times in the middle of a transfer both ways: nothing lost, nothing doubled", async () => {
    world = await gatewayWorld({ knobs: { resendPerTick: 100 } });
    const data = randomBytes(4 * 1024 * 1024);
    const tunnel = await world.tunnel({ limits: { ...QUICK, framesPerSecond: 100_000 } });
    const stream = await tunnel.openStream();
    const whole = echoed(stream, data.length);
    let received = 0;
    let cuts = 0;
    stream.on("data", (piece: Buffer) => {
      received += piece.length;
      if (cuts < 10 && received > (cuts + 1) * 300_000) {
        cuts += 1;
        cut();
      }
    });
    stream.write(data);
    assert.equal(await whole, sha256(data));
    assert.ok(types().filter((type) => type === "restored").length >= 5, String(types()));
  });

  it("matrix 34: the gateway's hourly Bye (1000) is no end", async () => {
    world = await gatewayWorld();
    const tunnel = await world.tunnel({ limits: QUICK });
    const stream = await tunnel.openStream();
    stream.write("a");
    await once(stream, "data");
    for (const client of world.gateway.clients) client.close(1000, "Bye");
    await seen("restored");
    stream.write("b");
    assert.equal(String((await once(stream, "data"))[0]), "b");
    const suspended = world.events.find((event) => event.type === "suspended");
    assert.deepEqual(suspended, { type: "suspended", message: "The data channel was closed (1000: Bye)." });
  });

  it("matrix 35: the network is gone for a while; then everything written meanwhile arrives, once", async () => {
    world = await gatewayWorld({ knobs: { resendPerTick: 100 } });
    let down = false;
    let session = "";
    const tunnel = await world.tunnel({
      limits: QUICK,
      resume: async () => {
        if (down) throw new SallyportError("AWS_UNREACHABLE", { message: "no network" });
        session = world.gateway.list()[0]?.id ?? "";
        return world.gateway.resume(session);
      },
    });
    const stream = await tunnel.openStream();
    stream.write("a");
    await once(stream, "data");
    down = true;
    cut();
    await seen("waiting", 4);
    assert.equal(tunnel.load.ready, false);
    const data = randomBytes(512 * 1024);
    const whole = echoed(stream, data.length);
    stream.write(data);
    const later = await tunnel.openStream();
    const other = echoed(later, 5);
    later.write("later");
    await seen("waiting", 8);
    down = false;
    assert.equal(await whole, sha256(data));
    assert.equal(await other, sha256(Buffer.from("later")));
  });

  it("matrix 35: a session that AWS calls over ends the tunnel and fails its streams with the reason", async () => {
    world = await gatewayWorld();
    const tunnel = await world.tunnel({ limits: QUICK, resume: async () => undefined });
    const stream = await tunnel.openStream();
    const failed = once(stream, "error");
    cut();
    const message =
      "The session was idle or open for too long, or somebody ended it. Before that: The data channel was closed (1006).";
    assert.equal(((await failed)[0] as SallyportError).message, message);
    assert.deepEqual(await tunnel.closed, { by: "network", message });
  });

  it("a sign-in that ended: the tunnel waits, and goes on when the person has signed in again", async () => {
    world = await gatewayWorld();
    let signedIn = true;
    const tunnel = await world.tunnel({
      limits: QUICK,
      resume: async () => {
        if (!signedIn) throw new SallyportError("AUTH_SIGN_IN_EXPIRED", { message: "The sign-in has ended." });
        return world.gateway.resume(world.gateway.list()[0]?.id ?? "");
      },
    });
    const stream = await tunnel.openStream();
    stream.write("a");
    await once(stream, "data");
    signedIn = false;
    cut();
    await seen("waiting", 3);
    assert.ok(world.events.some((event) => event.type === "waiting" && event.for === "sign-in"));
    signedIn = true;
    stream.write("b");
    assert.equal(String((await once(stream, "data"))[0]), "b");
  });

  it("close while suspended ends at once", async () => {
    world = await gatewayWorld();
    const tunnel = await world.tunnel({
      limits: { ...QUICK, farewellMs: 60_000 },
      resume: () => Promise.reject(new SallyportError("AWS_UNREACHABLE", { message: "no network" })),
    });
    cut();
    await seen("waiting", 2);
    await tunnel.close();
    assert.equal((await tunnel.closed).by, "us");
  });

  it("matrix 40: after a sleep of the machine the socket must prove itself at once, and no time-out of ours has run", async () => {
    world = await gatewayWorld();
    let offset = 0;
    const clock: Clock = { now: () => Date.now() + offset, sleep: (ms, signal) => systemClock.sleep(ms, signal) };
    const tunnel = await world.tunnel({ clock, limits: { ...QUICK, tickMs: 20, wakeMs: 100 } });
    const stream = await tunnel.openStream();
    stream.write("a");
    await once(stream, "data");
    // A socket that outlived it stays.
    offset += 3_600_000;
    await new Promise((resolve) => setTimeout(resolve, 200));
    assert.ok(!types().includes("suspended"));
    // One that did not is replaced.
    for (const client of world.gateway.clients) client.pause();
    offset += 8 * 3_600_000;
    await seen("restored");
    stream.write("b");
    assert.equal(String((await once(stream, "data"))[0]), "b");
    const suspended = world.events.find((event) => event.type === "suspended");
    assert.deepEqual(suspended, { type: "suspended", message: "The data channel did not outlive the pause." });
  });
});

describe("a second socket of a session", () => {
  let agent: ScriptedAgent;
  beforeEach(async () => {
    agent = await scriptedAgent();
  });
  afterEach(() => agent.close());

  it("matrix 7, 33: OpenDataChannel is first again, with the new token and the same client; then what was not acknowledged, in order", async () => {
    agent.behave();
    const tunnel = await openTunnel(
      agent.options({ limits: QUICK, resume: async () => ({ streamUrl: agent.url, tokenValue: "second-token" }) }),
    );
    const behave = agent.onFrame;
    const stream = await tunnel.openStream();
    agent.onFrame = () => undefined;
    stream.write("first");
    await agent.seen((message) => typeof message !== "string" && message.payload.includes("first"));
    const before = agent.received.length;
    const [open] = agent.received;
    agent.socket().terminate();
    await agent.seen((message) => typeof message === "string" && message.includes("second-token"));
    while (agent.received.length < before + 2) await new Promise((resolve) => setImmediate(resolve));
    const [again, resent] = agent.received.slice(before);
    assert.ok(typeof open === "string" && typeof again === "string" && typeof resent !== "string" && resent);
    const [one, two] = [open, again].map((text) => JSON.parse(text) as Record<string, string>);
    assert.equal(two?.["TokenValue"], "second-token");
    assert.equal(two?.["ClientId"], one?.["ClientId"]);
    assert.notEqual(two?.["RequestId"], one?.["RequestId"]);
    assert.deepEqual([resent.sequence, resent.payload.includes("first")], [2, true]);
    assert.equal(agent.received.filter(ofPayload(6)).length, 1, "no second handshake");
    agent.onFrame = behave;
    await tunnel.close();
  });

  it("matrix 36: a mux that acknowledges and never answers is found dead by the watchdog; its streams fail", async () => {
    agent.behave();
    const tunnel = await openTunnel(
      agent.options({ limits: { watchdogMs: 50, watchdogAnswerMs: 200, tickMs: 10, farewellMs: 50 } }),
    );
    const stream = await tunnel.openStream();
    const failed = once(stream, "error");
    stream.write("select 1");
    const message = "The agent acknowledged, but its streams gave no sign of life for 0.2 s.";
    assert.equal(((await failed)[0] as SallyportError).code, "TUNNEL_TIMEOUT");
    assert.deepEqual(await tunnel.closed, { by: "failure", message });
    const question = agent.received.find(
      (frame) =>
        typeof frame !== "string" && frame.payload.equals(Buffer.from("01000000050000000101000005000000", "hex")),
    );
    assert.ok(question, "SYN and FIN back to back on a fresh stream");
  });
});
