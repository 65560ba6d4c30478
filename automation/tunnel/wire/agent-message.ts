import { hash } from "node:crypto";
import { MESSAGE_TYPES } from "./message-types";
import { uuidFromWire, uuidToWire } from "./uuid";

/**
 * Layout of an AgentMessage; integers big-endian (session-manager-plugin, `src/message/clientmessage.go`, `messageparser.go`):
 *
 * | offset | length | field |
 * |---:|---:|---|
 * | 0 | 4 | HeaderLength: all before PayloadLength, 116 |
 * | 4 | 32 | MessageType, ASCII, padded with spaces (the service pads with NULs too) |
 * | 36 | 4 | SchemaVersion, 1 |
 * | 40 | 8 | CreatedDate, milliseconds since the epoch, not 0 |
 * | 48 | 8 | SequenceNumber |
 * | 56 | 8 | Flags |
 * | 64 | 16 | MessageId, UUID with swapped halves |
 * | 80 | 32 | PayloadDigest, SHA-256 |
 * | 112 | 4 | PayloadType; missing in the service's own `channel_closed` (HeaderLength 112) |
 * | 116 | 4 | PayloadLength |
 * | 120 | n | Payload |
 */
const AT = { type: 4, schema: 36, created: 40, sequence: 48, flags: 56, id: 64, digest: 80, payloadType: 112 } as const;
const HEADER_LENGTH = 116;
const SHORT_HEADER_LENGTH = 112;

/** A message of the data channel. */
export interface AgentMessage {
  /** One of MESSAGE_TYPES, or something newer, to be ignored. */
  readonly type: string;
  /** Milliseconds since the epoch. */
  readonly createdDate: number;
  readonly sequence: number;
  readonly flags: number;
  /** UUID as text. */
  readonly id: string;
  readonly payloadType: number;
  readonly payload: Buffer;
}

/** Why a frame is no message: the receiver drops and counts it. */
export type MessageRejection = "short" | "header-length" | "empty-type" | "created-date" | "number-range" | "digest";

/** What decoding answers; it never throws. */
export type DecodedMessage =
  { readonly ok: true; readonly message: AgentMessage } | { readonly ok: false; readonly rejection: MessageRejection };

/** The bytes of a message. `headerLength` 112 is the form in which the service sends `channel_closed`. */
export function encodeMessage(message: AgentMessage, headerLength: 112 | 116 = HEADER_LENGTH): Buffer {
  const frame = Buffer.alloc(headerLength + 4 + message.payload.length);
  frame.writeUInt32BE(headerLength, 0);
  // The service pads its own short form with NULs, everybody else with spaces.
  frame.fill(headerLength === HEADER_LENGTH ? 0x20 : 0, AT.type, AT.schema);
  frame.write(message.type, AT.type, AT.schema - AT.type, "latin1");
  frame.writeUInt32BE(1, AT.schema);
  frame.writeBigUInt64BE(BigInt(message.createdDate), AT.created);
  frame.writeBigInt64BE(BigInt(message.sequence), AT.sequence);
  frame.writeBigUInt64BE(BigInt(message.flags), AT.flags);
  uuidToWire(message.id).copy(frame, AT.id);
  digestOf(message.payload).copy(frame, AT.digest);
  if (headerLength === HEADER_LENGTH) frame.writeUInt32BE(message.payloadType, AT.payloadType);
  frame.writeUInt32BE(message.payload.length, headerLength);
  message.payload.copy(frame, headerLength + 4);
  return frame;
}

/**
 * The message in a frame. The payload is the rest of the frame, whatever PayloadLength says, as the reference readers take it.
 * Publication messages are read by type alone: the service fills their other fields with nonsense. The digest is verified where
 * it is known to be right: on stream data and acknowledgements.
 *
 * @example decodeMessage(Buffer.alloc(3)) // { ok: false, rejection: "short" }
 */
export function decodeMessage(frame: Buffer): DecodedMessage {
  if (frame.length < AT.created) return rejected("short");
  const type = typeOf(frame);
  if (type === "") return rejected("empty-type");
  if (type === MESSAGE_TYPES.startPublication || type === MESSAGE_TYPES.pausePublication) return publication(type);
  const headerLength = frame.readUInt32BE(0);
  if (headerLength < SHORT_HEADER_LENGTH) return rejected("header-length");
  if (frame.length < headerLength + 4) return rejected("short");
  const numbers = [
    frame.readBigUInt64BE(AT.created),
    frame.readBigInt64BE(AT.sequence),
    frame.readBigUInt64BE(AT.flags),
  ];
  if (numbers.some((number) => number < 0n || number > Number.MAX_SAFE_INTEGER)) return rejected("number-range");
  const [createdDate = 0, sequence = 0, flags = 0] = numbers.map(Number);
  if (createdDate === 0) return rejected("created-date");
  const payload = frame.subarray(headerLength + 4);
  if (isVerified(type) && !digestOf(payload).equals(frame.subarray(AT.digest, AT.payloadType)))
    return rejected("digest");
  const payloadType = headerLength < HEADER_LENGTH ? 0 : frame.readUInt32BE(AT.payloadType);
  const id = uuidFromWire(frame.subarray(AT.id, AT.digest));
  return { ok: true, message: { type, createdDate, sequence, flags, id, payloadType, payload } };
}

function rejected(rejection: MessageRejection): DecodedMessage {
  return { ok: false, rejection };
}

function publication(type: string): DecodedMessage {
  const id = "00000000-0000-0000-0000-000000000000";
  return {
    ok: true,
    message: { type, createdDate: 0, sequence: 0, flags: 0, id, payloadType: 0, payload: Buffer.alloc(0) },
  };
}

function typeOf(frame: Buffer): string {
  return frame.toString("latin1", AT.type, AT.schema).replace(/^[ \0]+|[ \0]+$/g, "");
}

function isVerified(type: string): boolean {
  return type === MESSAGE_TYPES.output || type === MESSAGE_TYPES.input || type === MESSAGE_TYPES.acknowledge;
}

function digestOf(payload: Buffer): Buffer {
  return hash("sha256", payload, "buffer");
}
