import { SallyportError } from "../core/errors";
import { agentSpeaksMux } from "./agent-version";
import {
  ACTION_STATUS,
  decodeHandshakeRequest,
  encodeHandshakeResponse,
  handshakeCustomerMessage,
  type ProcessedAction,
  type RequestedAction,
} from "./wire/handshake-json";
import { asJsonObject, textField } from "./wire/json-object";
import { PAYLOAD_TYPES } from "./wire/message-types";

/**
 * What we say we are: four numeric parts, or the agent does not compare it. It must be above 1.2.331.0 (no smux keep-alive) and
 * should be at least 1.2.764.0, the oldest plugin that Session Manager's documentation supports.
 */
export const CLIENT_VERSION = "1.2.835.0";

/** What is to be done about a payload of the handshake. */
export type HandshakeStep =
  | { readonly kind: "ignore" }
  | { readonly kind: "respond"; readonly response: Buffer; readonly problem: SallyportError | undefined }
  | { readonly kind: "complete"; readonly agentVersion: string; readonly customerMessage: string }
  | { readonly kind: "fail"; readonly problem: SallyportError };

/**
 * The client's side of the handshake: one request, one response, then complete. Knows no socket.
 *
 * Problems: TUNNEL_HANDSHAKE.
 */
export class Handshake {
  private agentVersion: string | undefined;

  /** The next sequenced payload before the handshake is complete. */
  receive(payloadType: number, payload: Buffer): HandshakeStep {
    if (payloadType === PAYLOAD_TYPES.handshakeRequest) return this.answer(payload);
    if (payloadType === PAYLOAD_TYPES.handshakeComplete) return this.finish(payload);
    return fail(`The agent sent payload type ${payloadType} before the handshake was complete.`);
  }

  private answer(payload: Buffer): HandshakeStep {
    // A second request is answered by silence: the first response stands.
    if (this.agentVersion !== undefined) return { kind: "ignore" };
    const request = decodeHandshakeRequest(payload);
    if (!request) return fail("The agent's handshake request cannot be read.");
    this.agentVersion = request.agentVersion;
    const actions = request.actions.map(processAction);
    const errors = actions.filter((action) => action.error !== "").map((action) => action.error);
    const response = encodeHandshakeResponse({ clientVersion: CLIENT_VERSION, actions, errors });
    return { kind: "respond", response, problem: problemOf(request.agentVersion, actions, errors) };
  }

  private finish(payload: Buffer): HandshakeStep {
    if (this.agentVersion === undefined) return fail("The agent completed a handshake that it never began.");
    return { kind: "complete", agentVersion: this.agentVersion, customerMessage: handshakeCustomerMessage(payload) };
  }
}

function processAction(action: RequestedAction): ProcessedAction {
  const { actionType } = action;
  if (actionType !== "SessionType") {
    return { actionType, status: ACTION_STATUS.unsupported, error: `Unsupported action ${actionType}` };
  }
  const sessionType = textField(action.parameters["SessionType"]);
  const forwarding = textField(asJsonObject(action.parameters["Properties"])?.["type"]);
  if (sessionType === "Port" && forwarding === "LocalPortForwarding") {
    return { actionType, status: ACTION_STATUS.success, error: "" };
  }
  const error = `Unsupported session type ${sessionType || "(none)"}, ${forwarding || "(none)"}`;
  return { actionType, status: ACTION_STATUS.failed, error };
}

function problemOf(
  agentVersion: string,
  actions: readonly ProcessedAction[],
  errors: readonly string[],
): SallyportError | undefined {
  if (actions.some((action) => action.actionType === "KMSEncryption")) {
    return new SallyportError("TUNNEL_HANDSHAKE", {
      message: "The session requires KMS encryption, which this client does not speak.",
      likely: KMS_LIKELY,
      next: KMS_NEXT,
    });
  }
  if (errors.length > 0) return refused(`The agent asked for something unsupported: ${errors.join("; ")}.`);
  if (actions.length === 0) return refused("The agent did not say what kind of session this is.");
  if (!agentSpeaksMux(agentVersion)) return refused(`Agent ${agentVersion} is too old to carry several connections.`);
  return undefined;
}

/** The agent asks for encryption if the preferences name a key and the session is no port session (sessionplugin.go, isEncryptionEnabled). */
const KMS_LIKELY =
  "The account's Session Manager preferences name a KMS key, and the session document is not of sessionType Port, which is exempt.";
const KMS_NEXT =
  "exempt the document: sessionType Port in its content (sallyport up writes it so); else take kmsKeyId out of SSM-SessionManagerRunShell";

function refused(message: string, likely?: string): SallyportError {
  return new SallyportError("TUNNEL_HANDSHAKE", { message, likely });
}

function fail(message: string): HandshakeStep {
  return { kind: "fail", problem: refused(message) };
}
