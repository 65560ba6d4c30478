import { Refusal, violation } from "../refusal";

/** A parameter of the startup message; the value's bytes are kept, their encoding is the database's business. */
export interface StartupParameter {
  readonly name: string;
  readonly value: Buffer;
}

/** A client that wants a session. */
export interface StartupPacket {
  readonly kind: "startup";
  /** Minor version of protocol 3. */
  readonly minor: number;
  readonly parameters: readonly StartupParameter[];
}

/** First packet of a connection (PostgreSQL documentation, "Message Formats"). */
export type FirstPacket =
  | { readonly kind: "tls" }
  | { readonly kind: "gss" }
  | {
      readonly kind: "cancel";
      /** Process id and secret key as BackendKeyData bore them: 8 to 260 bytes. */
      readonly key: Buffer;
    }
  | StartupPacket;

const CANCEL = 80877102;
const TLS = 80877103;
const GSS = 80877104;
/** MAX_STARTUP_PACKET_LENGTH of PostgreSQL, bytes. */
const LONGEST = 10_000;
/** Process id (4) and key (4 to 256, "BackendKeyData" since protocol 3.2), bytes. */
const KEY = { least: 8, most: 260 };

/**
 * Length of the first packet from its first four bytes.
 *
 * @throws Refusal 08P01 for a length that PostgreSQL refuses too
 */
export function firstPacketLength(head: Buffer): number {
  const length = head.readUInt32BE(0);
  if (length < 8 || length > LONGEST) throw violation("invalid length of startup packet");
  return length;
}

/**
 * Parses a whole first packet.
 *
 * @example 00 00 00 08 04 d2 16 2f → { kind: "tls" }
 * @throws Refusal 08P01 if it is malformed, 0A000 for another major version
 */
export function parseFirstPacket(packet: Buffer): FirstPacket {
  const code = packet.readUInt32BE(4);
  if (code === TLS || code === GSS) {
    if (packet.length !== 8) throw violation("invalid length of startup packet");
    return { kind: code === TLS ? "tls" : "gss" };
  }
  if (code === CANCEL) {
    const key = packet.subarray(8);
    if (key.length < KEY.least || key.length > KEY.most) throw violation("invalid length of cancel request");
    return { kind: "cancel", key };
  }
  const [major, minor] = [code >>> 16, code & 0xffff];
  if (major !== 3)
    throw new Refusal("0A000", `unsupported frontend protocol ${major}.${minor}: server supports 3.0 to 3.2`);
  return { kind: "startup", minor, parameters: parseParameters(packet.subarray(8)) };
}

/** Name, NUL, value, NUL, …, NUL; nothing may follow. */
function parseParameters(body: Buffer): StartupParameter[] {
  const parameters: StartupParameter[] = [];
  let at = 0;
  const word = (): Buffer => {
    const end = body.indexOf(0, at);
    if (end < 0) throw violation("invalid startup packet layout: expected terminator as last byte");
    const found = body.subarray(at, end);
    at = end + 1;
    return found;
  };
  for (let name = word(); name.length > 0; name = word())
    parameters.push({ name: name.toString("utf8"), value: word() });
  if (at !== body.length) throw violation("invalid startup packet layout: expected terminator as last byte");
  return parameters;
}

/** The last value of a parameter, as PostgreSQL takes it; undefined if there is none. */
export function parameter(packet: StartupPacket, name: string): string | undefined {
  return packet.parameters.findLast((each) => each.name === name)?.value.toString("utf8");
}
