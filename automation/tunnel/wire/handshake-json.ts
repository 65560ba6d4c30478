import { asJsonObject, parseJsonObject, textField, type JsonObject } from "./json-object";

/** Outcome of one requested action (amazon-ssm-agent, `agent/session/contracts/model.go`). */
export const ACTION_STATUS = { success: 1, failed: 2, unsupported: 3 } as const;

/** One thing that the agent asks of the client. */
export interface RequestedAction {
  /** `SessionType` or `KMSEncryption`. */
  readonly actionType: string;
  readonly parameters: JsonObject;
}

/** Payload type 5, from the agent. */
export interface HandshakeRequest {
  readonly agentVersion: string;
  readonly actions: readonly RequestedAction[];
}

/** The answer to one action. */
export interface ProcessedAction {
  readonly actionType: string;
  /** One of ACTION_STATUS. */
  readonly status: number;
  readonly error: string;
}

/** Payload type 6, from the client. */
export interface HandshakeResponse {
  readonly clientVersion: string;
  readonly actions: readonly ProcessedAction[];
  readonly errors: readonly string[];
}

/** @example {"AgentVersion":"3.3.987.0","RequestedClientActions":[{"ActionType":"SessionType","ActionParameters":{…}}]} */
export function encodeHandshakeRequest(request: HandshakeRequest): Buffer {
  return json({
    AgentVersion: request.agentVersion,
    RequestedClientActions: request.actions.map((action) => ({
      ActionType: action.actionType,
      ActionParameters: action.parameters,
    })),
  });
}

/** `undefined` if it is no handshake request. */
export function decodeHandshakeRequest(payload: Buffer): HandshakeRequest | undefined {
  const request = parseJsonObject(payload);
  const actions = objects(request?.["RequestedClientActions"]);
  if (!request || !actions) return undefined;
  return {
    agentVersion: textField(request["AgentVersion"]),
    actions: actions.map((action) => ({
      actionType: textField(action["ActionType"]),
      parameters: asJsonObject(action["ActionParameters"]) ?? {},
    })),
  };
}

/** @example {"ClientVersion":"1.2.835.0","ProcessedClientActions":[{"ActionType":"SessionType","ActionStatus":1,"ActionResult":null,"Error":""}],"Errors":null} */
export function encodeHandshakeResponse(response: HandshakeResponse): Buffer {
  return json({
    ClientVersion: response.clientVersion,
    ProcessedClientActions: response.actions.map((action) => ({
      ActionType: action.actionType,
      ActionStatus: action.status,
      ActionResult: null,
      Error: action.error,
    })),
    Errors: response.errors.length === 0 ? null : response.errors,
  });
}

/** `undefined` if it is no handshake response. */
export function decodeHandshakeResponse(payload: Buffer): HandshakeResponse | undefined {
  const response = parseJsonObject(payload);
  const actions = objects(response?.["ProcessedClientActions"]);
  if (!response || !actions) return undefined;
  const errors: unknown = response["Errors"];
  return {
    clientVersion: textField(response["ClientVersion"]),
    actions: actions.map((action) => ({
      actionType: textField(action["ActionType"]),
      status: typeof action["ActionStatus"] === "number" ? action["ActionStatus"] : 0,
      error: textField(action["Error"]),
    })),
    errors: Array.isArray(errors) ? errors.map(textField) : [],
  };
}

/** Payload type 7, from the agent. The time is nanoseconds. */
export function encodeHandshakeComplete(complete: {
  readonly nanoseconds: number;
  readonly customerMessage: string;
}): Buffer {
  return json({ HandshakeTimeToComplete: complete.nanoseconds, CustomerMessage: complete.customerMessage });
}

/** The message for the user in payload type 7; empty if there is none. */
export function handshakeCustomerMessage(payload: Buffer): string {
  return textField(parseJsonObject(payload)?.["CustomerMessage"]);
}

function json(value: JsonObject): Buffer {
  return Buffer.from(JSON.stringify(value));
}

function objects(value: unknown): JsonObject[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const found = value.map(asJsonObject).filter((item) => item !== undefined);
  return found.length === value.length ? found : undefined;
}
