import { encodeMessage, type AgentMessage } from "./agent-message";
import { parseJsonObject } from "./json-object";
import { HEADER_FLAGS, MESSAGE_TYPES, PAYLOAD_TYPES } from "./message-types";

/**
 * The acknowledgement of one sequenced message: sequence 0, flags 3, an id of its own, compact JSON (session-manager-plugin,
 * `src/message/clientmessage.go`, AcknowledgeContent). Acknowledgements are selective, one a message, never cumulative.
 *
 * @example payload: {"AcknowledgedMessageType":"input_stream_data","AcknowledgedMessageId":"6ba7…","AcknowledgedMessageSequenceNumber":1,"IsSequentialMessage":true}
 */
export function encodeAcknowledge(
  acknowledged: Pick<AgentMessage, "type" | "id" | "sequence">,
  own: { readonly id: string; readonly createdDate: number },
): Buffer {
  const content = {
    AcknowledgedMessageType: acknowledged.type,
    AcknowledgedMessageId: acknowledged.id,
    AcknowledgedMessageSequenceNumber: acknowledged.sequence,
    IsSequentialMessage: true,
  };
  return encodeMessage({
    ...own,
    type: MESSAGE_TYPES.acknowledge,
    sequence: 0,
    flags: HEADER_FLAGS.synAndFin,
    payloadType: PAYLOAD_TYPES.none,
    payload: Buffer.from(JSON.stringify(content)),
  });
}

/** The acknowledged sequence number: both reference receivers match on it alone. `undefined` if there is none. */
export function decodeAcknowledge(payload: Buffer): number | undefined {
  const sequence = parseJsonObject(payload)?.["AcknowledgedMessageSequenceNumber"];
  return typeof sequence === "number" && Number.isSafeInteger(sequence) && sequence >= 0 ? sequence : undefined;
}
