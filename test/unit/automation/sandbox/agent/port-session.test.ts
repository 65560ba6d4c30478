import assert from "node:assert/strict";
import type { Duplex } from "node:stream";
import { realAgentKnobs, type AgentKnobs } from "../../../../../automation/sandbox/agent/agent-knobs";
import { AgentPortSession } from "../../../../../automation/sandbox/agent/port-session";
import { decodeMessage, encodeMessage, type AgentMessage } from "../../../../../automation/tunnel/wire/agent-message";
import { encodeHandshakeResponse } from "../../../../../automation/tunnel/wire/handshake-json";
import { encodeSmux } from "../../../../../automation/tunnel/wire/smux-frame";

const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
};

describe("agent port session", () => {
  const open: AgentPortSession[] = [];
  afterEach(() => open.splice(0).forEach((session) => session.close()));

  function bench(knobs: Partial<AgentKnobs> = {}) {
    const sent: AgentMessage[] = [];
    const ends: string[] = [];
    const dials: AbortSignal[] = [];
    const lookups: string[] = [];
    const state = { lookup: Promise.resolve(), lookupFails: "" };
    let sequence = 0;
    const session = new AgentPortSession({
      agentVersion: "3.3.1611.0",
      host: "app.cluster-abc.eu-west-2.rds.amazonaws.com",
      portNumber: "5432",
      localPortNumber: "0",
      knobs: { ...realAgentKnobs(), paceMs: 0, ...knobs },
      resolve: async () => {
        lookups.push("lookup");
        await state.lookup;
        if (state.lookupFails !== "") throw new Error(state.lookupFails);
        return (signal) => new Promise<Duplex>(() => dials.push(signal));
      },
      socketLost: () => ends.push("socket lost"),
      transmit: (frame) => {
        const decoded = decodeMessage(frame);
        if (decoded.ok) sent.push(decoded.message);
      },
      lineReady: () => true,
      hold: () => undefined,
      ended: (reason) => ends.push(reason),
      wall: () => 1_700_000_000_000,
      randomBytes: (size) => Buffer.alloc(size, 1),
    });
    open.push(session);
    let last: Buffer = Buffer.alloc(0);
    const say = (payloadType: number, payload: Buffer): void => {
      last = encodeMessage({
        type: "input_stream_data",
        createdDate: 1,
        sequence: sequence++,
        flags: 0,
        id: "6ba7b810-9dad-41d1-80b4-00c04fd430c8",
        payloadType,
        payload,
      });
      session.receive(last);
    };
    const again = (): void => session.receive(last);
    const respond = (status: number, error = ""): void =>
      say(
        6,
        encodeHandshakeResponse({
          clientVersion: "1.2.835.0",
          actions: [{ actionType: "SessionType", status, error }],
          errors: [],
        }),
      );
    const kinds = (): string[] =>
      sent.splice(0).map((message) => (message.type === "acknowledge" ? "ack" : `type ${message.payloadType}`));
    return { session, sent, ends, dials, lookups, state, say, again, respond, kinds };
  }

  it("matrix 10: asks for a port session with the document's destination", () => {
    const { session, sent } = bench();
    session.start();
    assert.deepEqual(JSON.parse(sent[0]?.payload.toString() ?? ""), {
      AgentVersion: "3.3.1611.0",
      RequestedClientActions: [
        {
          ActionType: "SessionType",
          ActionParameters: {
            SessionType: "Port",
            Properties: {
              host: "app.cluster-abc.eu-west-2.rds.amazonaws.com",
              portNumber: "5432",
              localPortNumber: "0",
              type: "LocalPortForwarding",
            },
          },
        },
      ],
    });
  });

  it("matrix 10: acknowledges the response before it completes the handshake", async () => {
    const { session, respond, kinds } = bench();
    session.start();
    respond(1);
    await turns();
    assert.deepEqual(kinds(), ["type 5", "ack", "type 7"]);
  });

  it("matrix 11: a refused action ends the session with the client's words", async () => {
    const { session, respond, ends } = bench();
    session.start();
    respond(3, "Unsupported action KMSEncryption");
    await turns();
    assert.deepEqual(ends, ["Handshake failed: Unsupported action KMSEncryption"]);
  });

  it("matrix 11: asks for KMS or something unknown when told to, and matrix 12: for nothing at all", () => {
    const [kms, unknown, silent] = (["kms", "unknown", "silent"] as const).map((handshake) => bench({ handshake }));
    for (const { session } of [kms, unknown, silent].filter((one) => one !== undefined)) session.start();
    assert.match(kms?.sent[0]?.payload.toString() ?? "", /"KMSEncryption".*"SessionType"/);
    assert.match(unknown?.sent[0]?.payload.toString() ?? "", /"SessionType".*"Teleport"/);
    assert.deepEqual(silent?.sent, []);
  });

  it("matrix 13: acknowledges and throws away data that comes before the handshake is complete", async () => {
    const { session, say, respond, dials, kinds } = bench();
    session.start();
    say(1, encodeSmux("syn", 3));
    respond(1);
    await turns();
    assert.deepEqual([kinds(), dials.length], [["type 5", "ack", "ack", "type 7"], 0]);
    say(1, encodeSmux("syn", 3));
    await turns();
    assert.deepEqual([kinds(), dials.length], [["ack"], 1]);
  });

  it("matrix 39: flag TerminateSession is acknowledged and ends the session; hanging dials are aborted", async () => {
    const { session, say, respond, ends, dials, kinds } = bench();
    session.start();
    respond(1);
    await turns();
    say(1, encodeSmux("syn", 3));
    await turns();
    kinds();
    say(10, Buffer.from("00000002", "hex"));
    await turns();
    assert.deepEqual([kinds(), ends, dials[0]?.aborted], [["ack"], [""], true]);
    session.close();
    assert.deepEqual(ends, [""]);
  });

  it("matrix 29: a dial that hangs too long is a failed one: flag 3, FIN", async () => {
    const { session, say, respond, dials, sent } = bench({ dialTimeoutMs: 20 });
    session.start();
    respond(1);
    await turns();
    say(1, encodeSmux("syn", 3));
    await turns();
    const [signal] = dials;
    await new Promise((resolve) => signal?.addEventListener("abort", resolve));
    assert.equal((signal?.reason as Error).name, "TimeoutError");
    assert.deepEqual(
      sent.filter((message) => message.payloadType === 10),
      [],
    );
  });

  it("matrix 23: broken stream frames end the session", async () => {
    const { session, say, respond, ends } = bench();
    session.start();
    respond(1);
    await turns();
    say(1, Buffer.from("0200000003000000", "hex"));
    assert.deepEqual(ends, ["The port session failed: invalid protocol (version)."]);
  });

  it("matrix 14: a lookup that fails ends the session right after HandshakeComplete, with the agent's sentence", async () => {
    for (const sentence of [
      "lookup app.cluster-abc.eu-west-2.rds.amazonaws.com: no such host",
      "Forwarding to IP address 169.254.169.254 is forbidden.",
    ]) {
      const { session, state, respond, ends, kinds } = bench();
      state.lookupFails = sentence;
      session.start();
      respond(1);
      await turns();
      assert.deepEqual([kinds(), ends], [["type 5", "ack", "type 7"], [sentence]]);
    }
  });

  it("looks its host up once, whatever number of streams", async () => {
    const { session, say, respond, lookups, dials } = bench();
    session.start();
    assert.deepEqual(lookups, []);
    respond(1);
    await turns();
    for (const id of [3, 5]) say(1, encodeSmux("syn", id));
    await turns();
    assert.deepEqual([lookups, dials.length], [["lookup"], 1]);
  });

  it("matrix 19: data that comes before the lookup has answered is not acknowledged", async () => {
    const { session, state, say, again, respond, kinds, dials } = bench();
    let answer = (): void => undefined;
    state.lookup = new Promise((resolve) => (answer = resolve));
    session.start();
    respond(1);
    await turns();
    kinds();
    say(1, encodeSmux("syn", 3));
    assert.deepEqual(kinds(), []);
    answer();
    await turns();
    again();
    await turns();
    assert.deepEqual([kinds(), dials.length], [["ack"], 1]);
  });
});
