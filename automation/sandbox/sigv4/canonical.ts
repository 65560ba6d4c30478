import { createHash, createHmac, timingSafeEqual } from "node:crypto";

// The arithmetic of Signature Version 4 (AWS General Reference, "Create a signed AWS API request").

/** SHA-256 in lower-case hexadecimal. */
export function sha256(data: string | Buffer): string {
  return createHash("sha256").update(data).digest("hex");
}

function hmac(key: string | Buffer, data: string): Buffer {
  return createHmac("sha256", key).update(data, "utf8").digest();
}

/** RFC 3986: everything but letters, digits, `-._~` as %XX. */
export function encodeRfc3986(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** `<date>/<region>/<service>/aws4_request`, taken apart. */
export interface Scope {
  readonly date: string;
  readonly region: string;
  readonly service: string;
}

/** Access key and scope out of a credential; `undefined` for anything else. */
export function parseCredential(
  credential: string,
): { readonly accessKeyId: string; readonly scope: Scope } | undefined {
  const match = /^([A-Z0-9]{16,128})\/(\d{8})\/([a-z0-9-]+)\/([a-z0-9-]+)\/aws4_request$/.exec(credential);
  if (!match) return undefined;
  const [, accessKeyId = "", date = "", region = "", service = ""] = match;
  return { accessKeyId, scope: { date, region, service } };
}

/**
 * Milliseconds since the epoch of a basic ISO 8601 time; `undefined` if it is none.
 *
 * @example parseAmzDate("20260102T030405Z") // 1767323045000
 */
export function parseAmzDate(text: string): number | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second] = match;
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(time) ? undefined : time;
}

/** Query parameters sorted by encoded name, then value; each pair is decoded. */
export function canonicalQuery(pairs: readonly (readonly [string, string])[]): string {
  return pairs
    .map(([name, value]) => [encodeRfc3986(name), encodeRfc3986(value)] as const)
    .sort(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x < y ? -1 : x > y ? 1 : 0))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
}

/** A request as it is signed. */
export interface CanonicalRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  /** Lower-case names and trimmed values, sorted by name. */
  readonly headers: readonly (readonly [string, string])[];
  readonly payloadHash: string;
}

/** The signature of a request, 64 hexadecimal digits. */
export function signatureOf(request: CanonicalRequest, amzDate: string, scope: Scope, secretAccessKey: string): string {
  const headers = request.headers.map(([name, value]) => `${name}:${value.trim().replace(/ +/g, " ")}\n`).join("");
  const signed = request.headers.map(([name]) => name).join(";");
  const canonical = [request.method, request.path, request.query, headers, signed, request.payloadHash].join("\n");
  const place = `${scope.date}/${scope.region}/${scope.service}/aws4_request`;
  const toSign = ["AWS4-HMAC-SHA256", amzDate, place, sha256(canonical)].join("\n");
  const key = [scope.date, scope.region, scope.service, "aws4_request"].reduce<Buffer | string>(
    (before, part) => hmac(before, part),
    `AWS4${secretAccessKey}`,
  );
  return hmac(key, toSign).toString("hex");
}

/** Compares without telling by time how much is equal. */
export function sameSignature(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(sha256(a)), Buffer.from(sha256(b)));
}
