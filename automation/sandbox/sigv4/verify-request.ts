import type { IssuedKey } from "../account/estate";
import { canonicalQuery, encodeRfc3986, parseAmzDate, sameSignature, sha256, signatureOf } from "./canonical";
import { claimOf, type Claim } from "./claim";

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

/** How old or early a signature may be (AWS General Reference, "Troubleshoot signed requests"), seconds. */
const ALLOWED_SKEW_SECONDS = 5 * 60;

/**
 * Checks a signature (SigV4) in the header or in a presigned address: key, session token, age, scope, every signed header and the body.
 * Order as AWS answers: no signature → key → token → age → signature → expiry.
 */
export function verifyRequest(request: SignedRequest, options: VerifyOptions): Verified {
  const claim = claimOf(request);
  if (!claim) return refuse("MissingAuthenticationToken", "Missing Authentication Token", 403);
  const key = options.lookup(claim.accessKeyId);
  if (!key || claim.sessionToken !== key.sessionToken)
    return refuse("InvalidClientTokenId", "The security token included in the request is invalid.", 403);
  const time = parseAmzDate(claim.amzDate);
  if (time === undefined || !claim.amzDate.startsWith(claim.scope.date))
    return refuse(
      "IncompleteSignature",
      "Date must be in ISO-8601 'basic format' and match the credential scope.",
      400,
    );
  const aged = ageRefusal(time, options.now, claim.expiresSeconds ?? ALLOWED_SKEW_SECONDS);
  if (aged !== undefined) return refuse("SignatureDoesNotMatch", aged, 403);
  const unsigned = unsignedHeader(request, claim);
  if (unsigned !== undefined)
    return refuse("SignatureDoesNotMatch", `'${unsigned}' must be a 'SignedHeader' in the AWS Authorization.`, 403);
  if (!sameSignature(expected(request, claim, key), claim.signature)) {
    return refuse(
      "SignatureDoesNotMatch",
      "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.",
      403,
    );
  }
  if (options.now >= key.expiresAt)
    return refuse("ExpiredToken", "The security token included in the request is expired", 403);
  return { ok: true, key, service: claim.scope.service, region: claim.scope.region };
}

function refuse(code: string, message: string, status: number): Verified {
  return { ok: false, code, message, status };
}

/** AWS's words for a signature that is too old or too early, with both times in them; `undefined` for one that is neither. */
function ageRefusal(time: number, now: number, goodForSeconds: number): string | undefined {
  const basic = (ms: number): string => new Date(ms).toISOString().replace(/[-:]|\.\d{3}/g, "");
  const [oldest, latest] = [now - goodForSeconds * 1000, now + ALLOWED_SKEW_SECONDS * 1000];
  if (time < oldest)
    return `Signature expired: ${basic(time)} is now earlier than ${basic(oldest)} (${basic(now)} - ${goodForSeconds / 60} min.)`;
  if (time > latest)
    return `Signature not yet current: ${basic(time)} is still later than ${basic(latest)} (${basic(now)} + ${ALLOWED_SKEW_SECONDS / 60} min.)`;
  return undefined;
}

/**
 * A header that must be signed and is not: `host`, and all of `x-amz-*` (AWS General Reference, "Create a signed AWS API request"),
 * or whoever changed the operation in `x-amz-target` on the way would not be noticed.
 */
function unsignedHeader({ headers }: SignedRequest, { signedHeaders }: Claim): string | undefined {
  const sent = Object.keys(headers).filter((name) => name.startsWith("x-amz-") && headers[name] !== undefined);
  return ["host", ...sent].find((name) => !signedHeaders.includes(name));
}

function expected(request: SignedRequest, claim: Claim, key: IssuedKey): string {
  const [path = ""] = request.url.split("?", 1);
  return signatureOf(
    {
      method: request.method,
      // Every service but S3 escapes the path as it was sent once more.
      path: path.split("/").map(encodeRfc3986).join("/"),
      query: canonicalQuery(claim.query),
      headers: [...claim.signedHeaders].sort().map((name) => [name, request.headers[name] ?? ""] as const),
      payloadHash: sha256(request.body),
    },
    claim.amzDate,
    claim.scope,
    key.secretAccessKey,
  );
}
