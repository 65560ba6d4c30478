import assert from "node:assert/strict";
import { once } from "node:events";
import { systemClock, type Clock } from "../../../../automation/core/clock";
import { openTunnel, type TunnelEvent } from "../../../../automation/tunnel/tunnel";
import { decodeFlag } from "../../../../automation/tunnel/wire/flag";
import { encodeChannelClosed } from "../../../../automation/tunnel/wire/channel-closed";
import { encodeHandshakeComplete, encodeHandshakeRequest } from "../../../../automation/tunnel/wire/handshake-json";
import { encodeSmux, encodeSmuxData } from "../../../../automation/tunnel/wire/smux-frame";
import { CLOSED, ofPayload, REQUEST, scriptedAgent, type ScriptedAgent } from "../../../support/scripted-agent";

const closed = (output: string): Buffer => encodeChannelClosed({ ...CLOSED, output });

describe("tunnel session", () => {
  let agent: ScriptedAgent;
  beforeEach(async () => {
    agent = await scriptedAgent();
  });
  afterEach(() => agent.close());

  it("matrix 7, 10, 13: speaks in the protocol's order: TEXT open, response, then the first data", async () => {
    agent.behave();
    const tunnel = await openTunnel(agent.options());
    const [open, ...rest] = agent.received;
    assert.ok(typeof open === "string");
    const fields = JSON.parse(open) as Record<string, string>;
    assert.deepEqual(Object.keys(fields), [
      "MessageSchemaVersion",
      "RequestId",
      "TokenValue",
      "ClientId",
      "ClientVersion",
    ]);
    assert.equal(fields["TokenValue"], "secret-token");
    const kinds = rest.map((message) =>
      typeof message === "string" ? message : `${message.type} ${message.sequence} ${message.payloadType}`,
    );
    assert.deepEqual(kinds, ["acknowledge 0 0", "input_stream_data 0 6", "acknowledge 0 0", "input_stream_data 1 1"]);
    await tunnel.close();
  });

  it("matrix 11: refuses KMS encryption: status 3 is sent, TUNNEL_HANDSHAKE raised", async () => {
    const actions = [{ actionType: "KMSEncryption", parameters: { KMSKeyId: "k" } }, ...REQUEST.actions];
    agent.onFrame = (message) => {
      if (typeof message === "string") agent.send(5, encodeHandshakeRequest({ ...REQUEST, actions }), 0);
    };
    await assert.rejects(openTunnel(agent.options()), { code: "TUNNEL_HANDSHAKE", message: /requires KMS encryption/ });
    const response = await agent.seen(ofPayload(6));
    assert.match(typeof response === "string" ? "" : response.payload.toString(), /"ActionStatus":3/);
  });

  it("matrix 12: a second request gets no second response; the customer's message is shown", async () => {
    const events: TunnelEvent[] = [];
    let sequence = 0;
    agent.onFrame = (message) => {
      if (typeof message === "string") {
        agent.send(5, encodeHandshakeRequest(REQUEST), sequence++);
        agent.send(5, encodeHandshakeRequest(REQUEST), sequence++);
      } else if (message.type === "input_stream_data") {
        agent.acknowledge(message);
        if (message.payloadType === 6)
          agent.send(7, encodeHandshakeComplete({ nanoseconds: 1, customerMessage: "Be\u001b[2J nice" }), sequence++);
      }
    };
    const tunnel = await openTunnel(agent.options({ onEvent: (event) => events.push(event) }));
    assert.equal(agent.received.filter(ofPayload(6)).length, 1);
    assert.deepEqual(events[1], { type: "handshake", agentVersion: "3.3.1611.0", customerMessage: "Be nice" });
    await tunnel.close();
  });

  it("matrix 13: data before the handshake is TUNNEL_HANDSHAKE", async () => {
    agent.onFrame = (message) => {
      if (typeof message === "string") agent.send(1, Buffer.from("hello"), 0);
    };
    await assert.rejects(openTunnel(agent.options()), { code: "TUNNEL_HANDSHAKE" });
  });

  it("matrix 14: a session that ends right after its handshake is a failed opening, with the reason", async () => {
    agent.onFrame = (message) => {
      if (typeof message === "string") agent.send(5, encodeHandshakeRequest(REQUEST), 0);
      else if (message.payloadType === 6) {
        agent.acknowledge(message);
        agent.send(7, encodeHandshakeComplete({ nanoseconds: 1, customerMessage: "" }), 1);
        agent.sendRaw(closed("lookup db.internal: no such host"));
      }
    };
    await assert.rejects(openTunnel(agent.options()), {
      code: "TUNNEL_CLOSED",
      message: "The session was ended: lookup db.internal: no such host.",
    });
  });

  it("matrix 19: a first data message that is not taken at first is sent again, without an error", async () => {
    agent.behave();
    const behave = agent.onFrame;
    let refused = 0;
    agent.onFrame = (message) => {
      if (ofPayload(1)(message) && refused++ === 0) return;
      behave(message);
    };
    const tunnel = await openTunnel(agent.options());
    assert.equal(refused, 2);
    await tunnel.close();
  });

  it("matrix 23: broken stream frames end the tunnel and its streams with TUNNEL_PROTOCOL", async () => {
    agent.behave();
    const tunnel = await openTunnel(agent.options());
    const stream = await tunnel.openStream();
    const failed = once(stream, "error");
    agent.send(1, Buffer.from("0200000003000000", "hex"), 2);
    const [error] = (await failed) as [{ code: string }];
    assert.equal(error.code, "TUNNEL_PROTOCOL");
    assert.deepEqual(await tunnel.closed, {
      by: "failure",
      message: "The agent's stream frames cannot be read (version).",
    });
  });

  it("matrix 29: a dial that failed ends its stream before any byte and is told as an event; the tunnel lives", async () => {
    agent.behave();
    const events: string[] = [];
    const tunnel = await openTunnel(agent.options({ onEvent: (event) => events.push(event.type) }));
    const [stream, other] = [await tunnel.openStream(), await tunnel.openStream()];
    agent.send(10, Buffer.from("00000003", "hex"), 2);
    agent.send(1, encodeSmux("fin", 3), 3);
    stream.resume();
    await once(stream, "close");
    agent.send(1, Buffer.concat(encodeSmuxData(5, Buffer.from("alive"))), 4);
    assert.equal(String((await once(other, "data"))[0]), "alive");
    assert.ok(events.includes("dial-failed"));
    await tunnel.close();
  });

  it("matrix 38: channel_closed ends all streams with its reason", async () => {
    agent.behave();
    const tunnel = await openTunnel(agent.options());
    const streams = [await tunnel.openStream(), await tunnel.openStream()];
    const failures = streams.map((stream) => once(stream, "error"));
    agent.sendRaw(closed("Session timed out"));
    for (const failure of failures)
      assert.equal(((await failure)[0] as Error).message, "The session was ended: Session timed out.");
    assert.deepEqual(await tunnel.closed, { by: "service", message: "The session was ended: Session timed out." });
    await assert.rejects(tunnel.openStream(), { code: "TUNNEL_CLOSED" });
  });

  it("matrix 39: close sends flag 2 and waits for the end of the session", async () => {
    agent.behave();
    const tunnel = await openTunnel(agent.options({ limits: { farewellMs: 20_000 } }));
    const stream = await tunnel.openStream();
    await Promise.all([tunnel.close(), tunnel.close()]);
    const flags = agent.received.filter(ofPayload(10));
    assert.deepEqual(
      flags.map((message) => (typeof message === "string" ? 0 : decodeFlag(message.payload))),
      [2],
    );
    assert.equal(stream.destroyed, true);
    assert.equal((await tunnel.closed).by, "us");
  });

  it("matrix 39: close does not wait longer than its farewell for an agent that says nothing", async () => {
    agent.behave();
    const tunnel = await openTunnel(agent.options({ limits: { farewellMs: 50 } }));
    agent.socket().pause();
    await tunnel.close();
    assert.equal((await tunnel.closed).by, "us");
  });

  it("matrix 36: a cut socket fails the streams, never hangs", async () => {
    agent.behave();
    const tunnel = await openTunnel(agent.options());
    const stream = await tunnel.openStream();
    const failed = once(stream, "error");
    agent.socket().terminate();
    assert.equal(((await failed)[0] as { code: string }).code, "TUNNEL_CLOSED");
    assert.deepEqual(await tunnel.closed, { by: "network", message: "The data channel was closed (1006)." });
    await tunnel.close();
  });

  it("matrix 18, 32: while readers hold the line, what it cannot hear acknowledged is neither sent again nor a reason to end", async () => {
    agent.behave();
    let ticks = 0;
    const clock: Clock = {
      now: () => systemClock.now(),
      sleep: (ms, signal) => systemClock.sleep(ms, signal).finally(() => (ticks += ms === 10 ? 1 : 0)),
    };
    const limits = { tickMs: 10, giveUpMs: 200, initialRtoMs: 50, minRtoMs: 50, receiveBytes: 1_000 };
    const tunnel = await openTunnel(agent.options({ clock, limits }));
    const stream = await tunnel.openStream();
    stream.write("question");
    await agent.seen((message) => typeof message !== "string" && message.payload.includes("question"));
    agent.send(1, Buffer.concat(encodeSmuxData(3, Buffer.alloc(2_000))), 2);
    while (!tunnel.load.pressed) await new Promise((resolve) => setImmediate(resolve));
    const { again } = tunnel.load.messages;
    stream.write("not heard");
    const until = ticks + 40;
    while (ticks < until && tunnel.load.ready) await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual([tunnel.load.ready, tunnel.load.messages.again - again], [true, 0]);
    assert.equal((stream.read() as Buffer).length, 2_000);
    while (tunnel.load.ready && (tunnel.load.pressed || tunnel.load.stalledMs > 0))
      await new Promise((resolve) => setImmediate(resolve));
    assert.equal(tunnel.load.ready, true);
    await tunnel.close();
  });

  it("matrix 40: a socket on which nothing is heard is given up; pongs count", async () => {
    agent.behave();
    const tunnel = await openTunnel(
      agent.options({ limits: { pingMs: 20, silenceMs: 300, tickMs: 10, farewellMs: 50 } }),
    );
    const first = await Promise.race([tunnel.closed, new Promise((resolve) => setTimeout(resolve, 450, "alive"))]);
    assert.equal(first, "alive");
    agent.socket().pause();
    assert.deepEqual(await tunnel.closed, { by: "network", message: "Nothing was heard for 0.3 s." });
  });
});
