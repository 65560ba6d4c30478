import { parseJsonObject, textField } from "./json-object";

/** The first frame of a data channel: TEXT, and the only one that is not an AgentMessage. */
export interface OpenDataChannel {
  /** UUID, new for each socket. */
  readonly requestId: string;
  /** Of StartSession or ResumeSession; a secret. */
  readonly tokenValue: string;
  /** UUID, kept for the life of the session. */
  readonly clientId: string;
  readonly clientVersion: string;
}

/** The JSON of the first frame (session-manager-plugin, `src/service/service.go`, OpenDataChannelInput). */
export function encodeOpenDataChannel(open: OpenDataChannel): string {
  return JSON.stringify({
    MessageSchemaVersion: "1.0",
    RequestId: open.requestId,
    TokenValue: open.tokenValue,
    ClientId: open.clientId,
    ClientVersion: open.clientVersion,
  });
}

/** Reads the first frame; missing fields are empty (ClientId and ClientVersion may be left out). `undefined` if it is no JSON object. */
export function decodeOpenDataChannel(text: string): OpenDataChannel | undefined {
  const open = parseJsonObject(text);
  return (
    open && {
      requestId: textField(open["RequestId"]),
      tokenValue: textField(open["TokenValue"]),
      clientId: textField(open["ClientId"]),
      clientVersion: textField(open["ClientVersion"]),
    }
  );
}
