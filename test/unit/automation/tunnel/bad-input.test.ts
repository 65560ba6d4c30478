import assert from "node:assert/strict";
import { once } from "node:events";
import { encodeMessage } from "../../../../automation/tunnel/wire/agent-message";
import { encodeHandshakeRequest } from "../../../../automation/tunnel/wire/handshake-json";
import { encodeSmuxData } from "../../../../automation/tunnel/wire/smux-frame";
import { openTunnel } from "../../../../automation/tunnel/tunnel";
import { gatewayWorld, type GatewayWorld } from "../../../support/gateway-world";
import { REQUEST, scriptedAgent, type ScriptedAgent } from "../../../support/scripted-agent";

const ID = "6ba7b810-9dad-41d1-80b4-00c04fd430c8";
const output = (sequence: number, payload: Buffer): Buffer =>
  encodeMessage({ type: "output_stream_data", id: ID, createdDate: 1, sequence, flags: 0, payloadType: 1, payload });

/** The frame with its last byte changed. */
const flipped = (frame: Buffer): Buffer => {
  frame.writeUInt8(frame.readUInt8(frame.length - 1) ^ 1, frame.length - 1);
  return frame;
};
const ANSWER = Buffer.concat(encodeSmuxData(3, Buffer.from("answer")));

/** What a hostile or broken far end may send to an open tunnel, and what becomes of the tunnel. */
const FRAMES: [string, Buffer[], "lives" | "TUNNEL_PROTOCOL"][] = [
  ["nothing at all", [Buffer.alloc(0)], "lives"],
  ["noise", [Buffer.alloc(300, 0x5a)], "lives"],
  [
    "an absurd header length",
    [Buffer.concat([Buffer.from("ffffffff", "hex"), output(2, Buffer.from("x")).subarray(4)])],
    "lives",
  ],
  [
    "an absurd payload length: the frame's own end counts",
    [((frame) => (frame.writeUInt32BE(0xffffffff, 116), frame))(output(2, ANSWER))],
    "lives",
  ],
  ["a wrong digest", [flipped(output(2, Buffer.from("hello")))], "lives"],
  ["a sequence jump", [output(9_000, Buffer.from("far ahead")), output(2 ** 40, Buffer.from("further"))], "lives"],
  ["a frame of another version of smux", [output(2, Buffer.from("0200000003000000", "hex"))], "TUNNEL_PROTOCOL"],
  ["an unknown smux command", [output(2, Buffer.from("0109000003000000", "hex"))], "TUNNEL_PROTOCOL"],
  [
    "data for a stream that nobody opened",
    [output(2, Buffer.concat([...encodeSmuxData(77, Buffer.from("whose?")), ANSWER]))],
    "lives",
  ],
];

describe("bad input to a tunnel, with another one beside it", () => {
  let agent: ScriptedAgent;
  let world: GatewayWorld;
  beforeEach(async () => {
    agent = await scriptedAgent();
    world = await gatewayWorld();
  });
  afterEach(async () => {
    await agent.close();
    await world.close();
  });

  for (const [title, frames, expected] of FRAMES) {
    it(`${title}: ${expected}; the other tunnel is unharmed`, async () => {
      agent.behave();
      const [bad, other] = [await openTunnel(agent.options()), await world.tunnel()];
      const [victim, neighbour] = [await bad.openStream(), await other.openStream()];
      victim.write("question");
      await agent.seen((message) => typeof message !== "string" && message.payload.includes("question"));
      for (const frame of frames) agent.sendRaw(frame);
      if (expected === "lives") {
        agent.sendRaw(output(2, ANSWER));
        assert.equal(String((await once(victim, "data"))[0]), "answer");
      } else {
        const [error] = (await once(victim, "error")) as [{ code: string }];
        assert.equal(error.code, expected);
        assert.equal((await bad.closed).by, "failure");
        assert.equal(bad.load.streams, 0);
        await once(agent.socket(), "close");
      }
      neighbour.write("still here");
      assert.equal(String((await once(neighbour, "data"))[0]), "still here");
      await bad.close();
    });
  }

  it("a document of another session type is TUNNEL_HANDSHAKE, and the socket is let go", async () => {
    const shell = [{ actionType: "SessionType", parameters: { SessionType: "Standard_Stream", Properties: {} } }];
    agent.onFrame = (message) => {
      if (typeof message === "string") agent.send(5, encodeHandshakeRequest({ ...REQUEST, actions: shell }), 0);
    };
    const opening = openTunnel(agent.options());
    await assert.rejects(opening, {
      code: "TUNNEL_HANDSHAKE",
      message: "The agent asked for something unsupported: Unsupported session type Standard_Stream, (none).",
    });
    if (agent.socket().readyState !== agent.socket().CLOSED) await once(agent.socket(), "close");
  });
});
