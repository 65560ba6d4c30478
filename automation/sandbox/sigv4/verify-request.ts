import type { IssuedKey } from "../account/estate";
import {
  canonicalQuery,
  encodeRfc3986,
  parseAmzDate,
  parseCredential,
  sameSignature,
  sha256,
  signatureOf,
  type Scope,
} from "./canonical";

/** A request as it came over the wire. */
export interface SignedRequest {
  readonly method: string;
  /** Path and query as received, e.g. `/v1/data-channel/x?role=y`. */
  readonly url: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

/** Where keys are known, and what time it is. */
export interface VerifyOptions {
  readonly lookup: (accessKeyId: string) => IssuedKey | undefined;
  /** Wall time, milliseconds. */
  readonly now: number;
}

/** Whose request it is, or AWS's refusal. */
export type Verified =
  | { readonly ok: true; readonly key: IssuedKey; readonly service: string; readonly region: string }
  | { readonly ok: false; readonly code: string; readonly message: string; readonly status: number };

/** How old or early a signature may be (AWS General Reference, "Troubleshoot signed requests"). */
const ALLOWED_SKEW_MS = 5 * 60_000;

/**
 * Checks a header signature (SigV4): key, session token, age, scope, every signed header and the body.
 * Order as AWS answers: no signature → key → token → age → signature → expiry.
 */
export function verifyRequest(request: SignedRequest, options: VerifyOptions): Verified {
  const parsed = parseAuthorization(request.headers.authorization ?? "");
  if (!parsed) return refuse("MissingAuthenticationToken", "Missing Authentication Token", 403);
  const { accessKeyId, scope, signedHeaders, signature } = parsed;
  const key = options.lookup(accessKeyId);
  const token = request.headers["x-amz-security-token"];
  if (!key || token !== key.sessionToken)
    return refuse("InvalidClientTokenId", "The security token included in the request is invalid.", 403);
  const amzDate = request.headers["x-amz-date"] ?? "";
  const time = parseAmzDate(amzDate);
  if (time === undefined || !amzDate.startsWith(scope.date))
    return refuse(
      "IncompleteSignature",
      "Date must be in ISO-8601 'basic format' and match the credential scope.",
      400,
    );
  if (Math.abs(options.now - time) > ALLOWED_SKEW_MS)
    return refuse("SignatureDoesNotMatch", ageText(time, options.now), 403);
  if (
    !signedHeaders.includes("host") ||
    !sameSignature(expected(request, signedHeaders, amzDate, scope, key), signature)
  ) {
    return refuse(
      "SignatureDoesNotMatch",
      "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.",
      403,
    );
  }
  if (options.now >= key.expiresAt)
    return refuse("ExpiredToken", "The security token included in the request is expired", 403);
  return { ok: true, key, service: scope.service, region: scope.region };
}

function refuse(code: string, message: string, status: number): Verified {
  return { ok: false, code, message, status };
}

function ageText(time: number, now: number): string {
  const basic = (ms: number): string => new Date(ms).toISOString().replace(/[-:]|\.\d{3}/g, "");
  const [side, limit] = time < now ? ["expired", now - ALLOWED_SKEW_MS] : ["not yet current", now + ALLOWED_SKEW_MS];
  return `Signature ${side}: ${basic(time)} is ${time < now ? "earlier" : "later"} than ${basic(limit)} (${basic(now)} ${time < now ? "-" : "+"} 5 min.)`;
}

interface Authorization {
  readonly accessKeyId: string;
  readonly scope: Scope;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

/** `AWS4-HMAC-SHA256 Credential=…, SignedHeaders=a;b, Signature=…` */
function parseAuthorization(header: string): Authorization | undefined {
  const match = /^AWS4-HMAC-SHA256 +Credential=([^,\s]+), *SignedHeaders=([^,\s]+), *Signature=([0-9a-f]{64})$/.exec(
    header,
  );
  const credential = parseCredential(match?.[1] ?? "");
  if (!match || !credential) return undefined;
  return { ...credential, signedHeaders: (match[2] ?? "").split(";"), signature: match[3] ?? "" };
}

function expected(
  request: SignedRequest,
  signedHeaders: readonly string[],
  amzDate: string,
  scope: Scope,
  key: IssuedKey,
): string {
  const at = request.url.indexOf("?");
  const path = at < 0 ? request.url : request.url.slice(0, at);
  const pairs = [...new URLSearchParams(at < 0 ? "" : request.url.slice(at + 1).replaceAll("+", "%2B"))];
  return signatureOf(
    {
      method: request.method,
      path: path
        .split("/")
        // Every service but S3 escapes the path as it was sent once more.
        .map(encodeRfc3986)
        .join("/"),
      query: canonicalQuery(pairs),
      headers: [...signedHeaders].sort().map((name) => [name, request.headers[name] ?? ""] as const),
      payloadHash: sha256(request.body),
    },
    amzDate,
    scope,
    key.secretAccessKey,
  );
}
