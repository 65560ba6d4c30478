import assert from "node:assert/strict";
import type { SallyportError } from "../../../../automation/core/errors";
import { Handshake, type HandshakeStep } from "../../../../automation/tunnel/handshake";
import {
  encodeHandshakeComplete,
  encodeHandshakeRequest,
  type RequestedAction,
} from "../../../../automation/tunnel/wire/handshake-json";

const PORT: RequestedAction = {
  actionType: "SessionType",
  parameters: {
    SessionType: "Port",
    Properties: { host: "db", portNumber: "5432", localPortNumber: "0", type: "LocalPortForwarding" },
  },
};
const request = (actions: readonly RequestedAction[], agentVersion = "3.3.987.0"): Buffer =>
  encodeHandshakeRequest({ agentVersion, actions });
const complete = encodeHandshakeComplete({ nanoseconds: 1, customerMessage: "Welcome" });

/** What the client answers to a request, and what it makes of it. */
interface Answer {
  readonly response: unknown;
  readonly problem: string | undefined;
  readonly code: string | undefined;
  readonly error: SallyportError | undefined;
}

function answer(payload: Buffer): Answer {
  const step = new Handshake().receive(5, payload);
  assert.equal(step.kind, "respond");
  assert.ok(step.kind === "respond");
  return {
    response: JSON.parse(step.response.toString()),
    problem: step.problem?.message,
    code: step.problem?.code,
    error: step.problem,
  };
}

function failure(step: HandshakeStep): string {
  assert.ok(step.kind === "fail");
  assert.equal(step.problem.code, "TUNNEL_HANDSHAKE");
  return step.problem.message;
}

describe("handshake", () => {
  it("matrix 10: answers a port session with status 1 and is complete when the agent says so", () => {
    const handshake = new Handshake();
    const step = handshake.receive(5, request([PORT]));
    assert.ok(step.kind === "respond");
    assert.equal(step.problem, undefined);
    assert.equal(
      step.response.toString(),
      '{"ClientVersion":"1.2.835.0","ProcessedClientActions":[{"ActionType":"SessionType","ActionStatus":1,"ActionResult":null,"Error":""}],"Errors":null}',
    );
    assert.deepEqual(handshake.receive(7, complete), {
      kind: "complete",
      agentVersion: "3.3.987.0",
      customerMessage: "Welcome",
    });
  });

  it("matrix 11: refuses KMS encryption with status 3 and says so", () => {
    const { response, problem, code, error } = answer(
      request([{ actionType: "KMSEncryption", parameters: { KMSKeyId: "k" } }, PORT]),
    );
    assert.deepEqual(response, {
      ClientVersion: "1.2.835.0",
      ProcessedClientActions: [
        { ActionType: "KMSEncryption", ActionStatus: 3, ActionResult: null, Error: "Unsupported action KMSEncryption" },
        { ActionType: "SessionType", ActionStatus: 1, ActionResult: null, Error: "" },
      ],
      Errors: ["Unsupported action KMSEncryption"],
    });
    assert.equal(code, "TUNNEL_HANDSHAKE");
    assert.equal(problem, "The session requires KMS encryption, which this client does not speak.");
    assert.match(error?.likely ?? "", /the session document is not of sessionType Port, which is exempt/);
    assert.match(error?.next ?? "", /^exempt the document: sessionType Port in its content/);
  });

  it("matrix 11: refuses an unknown action with status 3", () => {
    const { problem, code } = answer(request([PORT, { actionType: "Teleport", parameters: {} }]));
    assert.equal(code, "TUNNEL_HANDSHAKE");
    assert.equal(problem, "The agent asked for something unsupported: Unsupported action Teleport.");
  });

  it("matrix 11: refuses another session type or forwarding with status 2", () => {
    for (const parameters of [
      { SessionType: "Standard_Stream" },
      { SessionType: "Port" },
      { SessionType: "Port", Properties: { type: "x" } },
      {},
    ]) {
      const { response, code } = answer(request([{ actionType: "SessionType", parameters }]));
      assert.equal(
        (response as { ProcessedClientActions: { ActionStatus: number }[] }).ProcessedClientActions[0]?.ActionStatus,
        2,
      );
      assert.equal(code, "TUNNEL_HANDSHAKE");
    }
  });

  it("refuses a request without actions and an agent without mux", () => {
    assert.equal(answer(request([])).problem, "The agent did not say what kind of session this is.");
    assert.equal(
      answer(request([PORT], "3.0.196.0")).problem,
      "Agent 3.0.196.0 is too old to carry several connections.",
    );
  });

  it("matrix 12: answers a second request with silence", () => {
    const handshake = new Handshake();
    handshake.receive(5, request([PORT]));
    assert.deepEqual(handshake.receive(5, request([PORT])), { kind: "ignore" });
  });

  it("matrix 13: fails on data before the end, completion before the beginning and an unreadable request", () => {
    assert.equal(
      failure(new Handshake().receive(1, Buffer.from("x"))),
      "The agent sent payload type 1 before the handshake was complete.",
    );
    assert.equal(failure(new Handshake().receive(7, complete)), "The agent completed a handshake that it never began.");
    assert.equal(
      failure(new Handshake().receive(5, Buffer.from("x"))),
      "The agent's handshake request cannot be read.",
    );
  });
});
