import type { IssuedKey, Principal } from "../account/estate";
import {
  canonicalQuery,
  encodeRfc3986,
  parseAmzDate,
  parseCredential,
  sameSignature,
  sha256,
  signatureOf,
} from "./canonical";

/** What a token must have been made for, and how its key is found. */
export interface RdsTokenTarget {
  /** Real endpoint name. */
  readonly host: string;
  /** Real port, 5432: not the loopback one. */
  readonly port: number;
  readonly user: string;
  readonly region: string;
  /** Wall time, milliseconds. */
  readonly now: number;
  readonly lookup: (accessKeyId: string) => IssuedKey | undefined;
}

/** Whose token it is, or why it is refused: for the log `iam-db-auth-error`, never for the client. */
export type RdsTokenAnswer =
  { readonly ok: true; readonly principal: Principal } | { readonly ok: false; readonly reason: string };

const LIFETIME_SECONDS = 900;
const EARLIEST_MS = 5 * 60_000;
const KNOWN = [
  "Action",
  "DBUser",
  "X-Amz-Algorithm",
  "X-Amz-Credential",
  "X-Amz-Date",
  "X-Amz-Expires",
  "X-Amz-Security-Token",
  "X-Amz-Signature",
  "X-Amz-SignedHeaders",
];

/**
 * Judges an RDS authentication token: a presigned GET without its scheme, for service `rds-db`, whose only signed header is `host`
 * with the port in it, over an empty body. Parameters may come in any order. (Format: RDS user guide, "IAM database authentication";
 * compared with botocore and the JavaScript signer.)
 *
 * @example
 * verifyRdsToken("app.cluster-x.eu-west-2.rds.amazonaws.com:5432/?Action=connect&DBUser=jane&X-Amz-…", target)
 */
export function verifyRdsToken(token: string, target: RdsTokenTarget): RdsTokenAnswer {
  const at = token.indexOf("/?");
  if (at < 0) return refuse("the password is no token");
  const hostPort = token.slice(0, at);
  const pairs = [...new URLSearchParams(token.slice(at + 2).replaceAll("+", "%2B"))];
  const query = new Map(pairs);
  const get = (name: string): string => query.get(name) ?? "";
  if (query.size !== pairs.length || pairs.some(([name]) => !KNOWN.includes(name)))
    return refuse("the token has unknown or repeated parameters");
  if (
    get("Action") !== "connect" ||
    get("X-Amz-Algorithm") !== "AWS4-HMAC-SHA256" ||
    get("X-Amz-SignedHeaders") !== "host"
  )
    return refuse("the token is not of the right form");
  if (hostPort !== `${target.host}:${target.port}`)
    return refuse(`the token is for ${hostPort}, not for ${target.host}:${target.port}`);
  if (get("DBUser") !== target.user) return refuse(`the token is for user ${encodeRfc3986(get("DBUser"))}`);
  const credential = parseCredential(get("X-Amz-Credential"));
  if (!credential || credential.scope.service !== "rds-db") return refuse("the credential scope is not rds-db");
  const { accessKeyId, scope } = credential;
  if (scope.region !== target.region) return refuse(`the token is for region ${scope.region}`);
  const time = parseAmzDate(get("X-Amz-Date"));
  if (time === undefined || !get("X-Amz-Date").startsWith(scope.date)) return refuse("the date is not the scope's");
  if (get("X-Amz-Expires") !== String(LIFETIME_SECONDS)) return refuse("the token does not expire after 900 seconds");
  if (target.now - time > LIFETIME_SECONDS * 1000) return refuse("the token is expired");
  if (time - target.now > EARLIEST_MS) return refuse("the token is from the future");
  const key = target.lookup(accessKeyId);
  if (!key) return refuse("the access key is unknown");
  if ((query.get("X-Amz-Security-Token") ?? undefined) !== key.sessionToken)
    return refuse("the session token is not the key's");
  const signed = canonicalQuery(pairs.filter(([name]) => name !== "X-Amz-Signature"));
  const request = {
    method: "GET",
    path: "/",
    query: signed,
    headers: [["host", hostPort]] as const,
    payloadHash: sha256(""),
  };
  if (!sameSignature(signatureOf(request, get("X-Amz-Date"), scope, key.secretAccessKey), get("X-Amz-Signature")))
    return refuse("the signature does not match");
  // The credentials that signed must live when the database is asked, not only when the token was made.
  if (target.now >= key.expiresAt) return refuse("the credentials that signed are expired");
  return { ok: true, principal: key.principal };
}

function refuse(reason: string): RdsTokenAnswer {
  return { ok: false, reason };
}
