import type { Refusal } from "../refusal";

/** Kinds of an authentication request, the first four bytes of an `R` message ("Message Formats", "AuthenticationOk" and on). */
export const AUTHENTICATION = { ok: 0, cleartext: 3, sasl: 10, saslContinue: 11, saslFinal: 12 } as const;

/** The one mechanism that is offered. */
export const MECHANISM = "SCRAM-SHA-256";

/**
 * ErrorResponse with severity FATAL.
 *
 * @example fatal(new Refusal("57P01", "the proxy was closed")) → `E` length `SFATAL\0VFATAL\0C57P01\0Mthe proxy was closed\0\0`
 */
export function fatal({ sqlState, message, detail, hint }: Refusal): Buffer {
  const fields: [string, string | undefined][] = [
    ["S", "FATAL"],
    ["V", "FATAL"],
    ["C", sqlState],
    ["M", message],
    ["D", detail],
    ["H", hint],
  ];
  // A NUL would end the field and begin another.
  const told = fields.flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}${value.replaceAll("\0", " ")}\0`],
  );
  return framed("E", Buffer.from(`${told.join("")}\0`, "utf8"));
}

/** AuthenticationOk. Bytes 52 00 00 00 08 00 00 00 00. */
export const AUTHENTICATION_OK = authentication(AUTHENTICATION.ok);

/** AuthenticationSASL with `SCRAM-SHA-256` alone: without channel binding, since the TLS of this port proves nothing. */
export const ASK_SCRAM = authentication(AUTHENTICATION.sasl, Buffer.from(`${MECHANISM}\0\0`, "latin1"));

/** An authentication request of a kind. */
export function authentication(kind: number, data: Buffer = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(kind, 0);
  return framed("R", Buffer.concat([head, data]));
}

/**
 * NegotiateProtocolVersion: protocol 3.`minor` is spoken and these options are not known. The version goes whole (3 << 16 | minor),
 * as PostgreSQL's SendNegotiateProtocolVersion writes it and libpq reads it; the documentation speaks of the minor number.
 */
export function negotiateProtocolVersion(minor: number, unknown: readonly string[]): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE((3 << 16) | minor, 0);
  head.writeUInt32BE(unknown.length, 4);
  return framed("v", Buffer.concat([head, Buffer.from(unknown.map((name) => `${name}\0`).join(""), "utf8")]));
}

/** SQLSTATE and message of an ErrorResponse's body; empty if it has none. */
export function errorFields(body: Buffer): { readonly sqlState: string; readonly message: string } {
  const fields = body.toString("utf8").split("\0");
  const field = (key: string): string => fields.find((each) => each.startsWith(key))?.slice(1) ?? "";
  return { sqlState: field("C"), message: field("M") };
}

function framed(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.write(type, 0, "latin1");
  head.writeUInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}
