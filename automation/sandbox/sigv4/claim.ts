import { parseCredential, type Scope } from "./canonical";

/** What a request says about who signed it; nothing of it is proven yet. */
export interface Claim {
  readonly accessKeyId: string;
  readonly scope: Scope;
  /** Lower-case names, as signed. */
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  readonly sessionToken: string | undefined;
  readonly amzDate: string;
  /** How long a presigned address says it is good for, seconds; absent for a signature in a header. */
  readonly expiresSeconds?: number;
  /** The signed query: everything but a presigned address's own signature, decoded. */
  readonly query: readonly (readonly [string, string])[];
}

/** The parts of a request that a claim is read from. */
export interface ClaimedRequest {
  /** Path and query as received. */
  readonly url: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
}

/** A presigned address is good for seven days at most (AWS General Reference, "Authenticating requests: query parameters"). */
const LONGEST_SECONDS = 7 * 24 * 3600;

/**
 * The signature of a request: its Authorization header, else the `X-Amz-*` parameters of a presigned address. `undefined` where there
 * is neither, or where it cannot be read.
 *
 * @example
 * AWS4-HMAC-SHA256 Credential=ASIA…/20261122/eu-west-2/ssm/aws4_request, SignedHeaders=host;x-amz-date, Signature=…
 * /?Action=GetCallerIdentity&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=…&X-Amz-Date=…&X-Amz-Expires=60&…
 */
export function claimOf(request: ClaimedRequest): Claim | undefined {
  return request.headers.authorization === undefined ? claimOfQuery(request) : claimOfHeader(request);
}

/** The query of an address, decoded; a `+` stands for itself, as signers write a space as `%20`. */
function queryOf(url: string): [string, string][] {
  const at = url.indexOf("?");
  return at < 0 ? [] : [...new URLSearchParams(url.slice(at + 1).replaceAll("+", "%2B"))];
}

function claimOfHeader({ url, headers }: ClaimedRequest): Claim | undefined {
  const match = /^AWS4-HMAC-SHA256 +Credential=([^,\s]+), *SignedHeaders=([^,\s]+), *Signature=([0-9a-f]{64})$/.exec(
    headers.authorization ?? "",
  );
  const credential = parseCredential(match?.[1] ?? "");
  if (!match || !credential) return undefined;
  return {
    ...credential,
    signedHeaders: (match[2] ?? "").split(";"),
    signature: match[3] ?? "",
    sessionToken: headers["x-amz-security-token"],
    amzDate: headers["x-amz-date"] ?? "",
    query: queryOf(url),
  };
}

function claimOfQuery({ url }: ClaimedRequest): Claim | undefined {
  const pairs = queryOf(url);
  const query = new Map(pairs);
  const credential = parseCredential(query.get("X-Amz-Credential") ?? "");
  const [signature = "", expires = ""] = [query.get("X-Amz-Signature"), query.get("X-Amz-Expires")];
  const readable =
    // A parameter that comes twice would be signed as one thing and read as another.
    query.size === pairs.length &&
    query.get("X-Amz-Algorithm") === "AWS4-HMAC-SHA256" &&
    /^[0-9a-f]{64}$/.test(signature) &&
    /^[1-9]\d{0,5}$/.test(expires) &&
    Number(expires) <= LONGEST_SECONDS;
  if (!credential || !readable) return undefined;
  return {
    ...credential,
    signedHeaders: (query.get("X-Amz-SignedHeaders") ?? "").split(";"),
    signature,
    sessionToken: query.get("X-Amz-Security-Token"),
    amzDate: query.get("X-Amz-Date") ?? "",
    expiresSeconds: Number(expires),
    query: pairs.filter(([name]) => name !== "X-Amz-Signature"),
  };
}
