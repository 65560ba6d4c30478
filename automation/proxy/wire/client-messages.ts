import { violation } from "../refusal";
import type { StartupParameter } from "./first-packet";

/** A StartupMessage of protocol 3.`minor`. */
export function startupMessage(minor: number, parameters: readonly StartupParameter[]): Buffer {
  const words = parameters.flatMap(({ name, value }) => [Buffer.from(`${name}\0`), value, NUL]);
  const body = Buffer.concat([...words, NUL]);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8, 0);
  head.writeUInt32BE((3 << 16) | minor, 4);
  return Buffer.concat([head, body]);
}

/**
 * A CancelRequest for a key (process id and secret key as one).
 *
 * @example 00 00 00 07 00 00 00 09 → 00 00 00 10 04 d2 16 2e 00 00 00 07 00 00 00 09
 */
export function cancelRequest(key: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(key.length + 8, 0);
  head.writeUInt32BE(80877102, 4);
  return Buffer.concat([head, key]);
}

/** A PasswordMessage: `p`, length, text, NUL. */
export function passwordMessage(password: string): Buffer {
  const body = Buffer.from(`${password}\0`, "utf8");
  const head = Buffer.from("p\0\0\0\0", "latin1");
  head.writeUInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

/** First answer to AuthenticationSASL. */
export interface SaslInitialResponse {
  readonly mechanism: string;
  /** Undefined if the client waits for an empty challenge before it speaks. */
  readonly data: Buffer | undefined;
}

/**
 * Parses the body of a SASLInitialResponse: mechanism, NUL, length (-1: none), data.
 *
 * @throws Refusal 08P01
 */
export function parseSaslInitialResponse(body: Buffer): SaslInitialResponse {
  const end = body.indexOf(0);
  if (end < 0 || body.length < end + 5) throw violation("invalid SASL response");
  const length = body.readInt32BE(end + 1);
  const data = body.subarray(end + 5);
  if (length === -1 ? data.length > 0 : length !== data.length) throw violation("invalid SASL response");
  return { mechanism: body.toString("latin1", 0, end), data: length === -1 ? undefined : data };
}

const NUL = Buffer.from([0]);
