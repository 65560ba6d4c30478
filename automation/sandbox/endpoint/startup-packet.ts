/** First packet of a PostgreSQL connection (PostgreSQL manual, "Message Formats": StartupMessage, SSLRequest, CancelRequest). */
export type FirstPacket =
  | { readonly kind: "tls" }
  | { readonly kind: "gss" }
  | { readonly kind: "cancel"; readonly raw: Buffer }
  | { readonly kind: "startup"; readonly version: number; readonly parameters: ReadonlyMap<string, string> };

const CANCEL = 80877102;
const TLS = 80877103;
const GSS = 80877104;
/** PostgreSQL's own limit for a first packet, bytes. */
const LONGEST = 10_000;

/** Length of the first packet, once four bytes are there; undefined before. A length that cannot be is an error. */
export function firstPacketLength(received: Buffer): number | undefined {
  if (received.length < 4) return undefined;
  const length = received.readUInt32BE(0);
  if (length < 8 || length > LONGEST) throw new RangeError("invalid length of startup packet");
  return length;
}

/**
 * Parses a whole first packet.
 *
 * @example 00 00 00 08 04 d2 16 2f → { kind: "tls" }
 */
export function parseFirstPacket(packet: Buffer): FirstPacket {
  const code = packet.readUInt32BE(4);
  if (code === TLS) return { kind: "tls" };
  if (code === GSS) return { kind: "gss" };
  if (code === CANCEL) return { kind: "cancel", raw: packet };
  if (code >>> 16 !== 3) throw new RangeError(`unsupported frontend protocol ${code >>> 16}.${code & 0xffff}`);
  const fields = packet.toString("utf8", 8).split("\0");
  const parameters = new Map<string, string>();
  for (let at = 0; at + 1 < fields.length && fields[at] !== ""; at += 2)
    parameters.set(fields[at] ?? "", fields[at + 1] ?? "");
  return { kind: "startup", version: code, parameters };
}

/** Writes a StartupMessage anew from what was judged, so that nothing judged differs from what PostgreSQL reads. */
export function startupMessage(version: number, parameters: ReadonlyMap<string, string>): Buffer {
  const body = Buffer.from([...parameters].map(([key, value]) => `${key}\0${value}\0`).join("") + "\0", "utf8");
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8, 0);
  head.writeUInt32BE(version, 4);
  return Buffer.concat([head, body]);
}
