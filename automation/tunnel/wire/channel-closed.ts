import { encodeMessage } from "./agent-message";
import { parseJsonObject, textField } from "./json-object";
import { HEADER_FLAGS, MESSAGE_TYPES, PAYLOAD_TYPES } from "./message-types";

/** The end of a session, as the service says it. */
export interface ChannelClosed {
  readonly sessionId: string;
  /** UUID of the message. */
  readonly messageId: string;
  /** Milliseconds since the epoch. */
  readonly createdDate: number;
  /** Reason for the user; often empty. */
  readonly output: string;
}

/**
 * The frame of `channel_closed` in the service's own form, HeaderLength 112 (mmmorris1975/ssm-session-client,
 * `datachannel/agent_message.go`); 116 is accepted by all readers too.
 */
export function encodeChannelClosed(closed: ChannelClosed, headerLength: 112 | 116 = 112): Buffer {
  const content = {
    MessageType: MESSAGE_TYPES.channelClosed,
    MessageId: closed.messageId,
    DestinationId: closed.sessionId,
    SessionId: closed.sessionId,
    SchemaVersion: 1,
    CreatedDate: new Date(closed.createdDate).toISOString(),
    Output: closed.output,
  };
  const header = { createdDate: closed.createdDate, id: closed.messageId, sequence: 0, flags: HEADER_FLAGS.none };
  return encodeMessage(
    {
      ...header,
      type: MESSAGE_TYPES.channelClosed,
      payloadType: PAYLOAD_TYPES.none,
      payload: Buffer.from(JSON.stringify(content)),
    },
    headerLength,
  );
}

/** The reason in a `channel_closed`; empty if it gives none or cannot be read: the session is over either way. */
export function channelClosedReason(payload: Buffer): string {
  return textField(parseJsonObject(payload)?.["Output"]);
}
