import { SallyportError } from "../core/errors";
import type { ErrorCode } from "../core/error-codes";
import { tlsProblem } from "../network/tls-problem";

/** Which call failed, for the message. */
export interface CallName {
  readonly service: string;
  readonly operation: string;
  readonly region: string;
}

const FORBIDDEN = new Set([
  "AccessDenied",
  "AccessDeniedException",
  "ForbiddenException",
  "UnauthorizedOperation",
  "AuthorizationError",
]);
const UNKNOWN_KEYS = new Set([
  "InvalidClientTokenId",
  "UnrecognizedClientException",
  "InvalidAccessKeyId",
  "AuthFailure",
  "SignatureDoesNotMatch",
  "InvalidSignatureException",
]);
const EXPIRED = new Set(["ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired", "UnauthorizedException"]);
const SKEWED = new Set(["RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture", "InvalidSignatureTime"]);
const SKEW_WORDS = /signature (expired|not yet current)|is (?:now )?(?:earlier|later) than/i;
const UNREACHABLE = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ETIMEDOUT",
  "EPIPE",
  "TimeoutError",
]);
const THROTTLED = new Set([
  "ThrottlingException",
  "Throttling",
  "TooManyRequestsException",
  "RequestLimitExceeded",
  "ThrottledException",
]);

/**
 * An error of the AWS SDK as ours, by its name or status; AWS's own sentence is kept, because it names the resource.
 * A SallyportError (e.g. an abort's reason) passes unchanged.
 *
 * @example
 * translateAwsError(accessDenied, {service: "ssm", operation: "StartSession", region: "eu-west-2"}).code // "AUTH_FORBIDDEN"
 */
export function translateAwsError(thrown: unknown, call: CallName): SallyportError {
  if (thrown instanceof SallyportError) return thrown;
  const { name, code, status, message } = facts(thrown);
  const what = `${call.service}:${call.operation} in ${call.region}`;
  const make = (error: ErrorCode, text: string, likely?: string): SallyportError =>
    new SallyportError(error, {
      message: text,
      likely,
      cause: thrown,
      values: { operation: `${call.service}:${call.operation}` },
    });

  if (SKEWED.has(name) || (UNKNOWN_KEYS.has(name) && SKEW_WORDS.test(message))) {
    return make("CLOCK_SKEW", `${what}: ${message}`, "This machine's clock and AWS's differ by more than 5 minutes.");
  }
  if (EXPIRED.has(name)) return make("AUTH_SIGN_IN_EXPIRED", `${what}: the sign-in has ended (${message}).`);
  if (FORBIDDEN.has(name)) return make("AUTH_FORBIDDEN", `${what} was refused: ${message}`);
  if (UNKNOWN_KEYS.has(name))
    return make("AUTH_FORBIDDEN", `${what}: AWS does not accept these credentials: ${message}`);
  if (name === "TargetNotConnected") {
    return make(
      "TUNNEL_TARGET_NOT_CONNECTED",
      message,
      "No live control channel: the path to ssmmessages is the usual cause.",
    );
  }
  if (UNREACHABLE.has(code) || UNREACHABLE.has(name)) {
    return make(
      "AWS_UNREACHABLE",
      `${what} could not be reached: ${message || code || name}.`,
      "No network, a proxy in between, or a region that does not exist.",
    );
  }
  const untrusted = thrown instanceof Error ? tlsProblem(what, thrown) : undefined;
  if (untrusted) return untrusted;
  if (status === 407) {
    return make("HTTP_PROXY_FAILED", `${what}: the HTTP proxy asks for a user and password it accepts (407).`);
  }
  if (THROTTLED.has(name))
    return make("AWS_CALL_FAILED", `${what}: ${message}`, "AWS limits how often this may be asked; wait a minute.");
  if (status === 403) return make("AUTH_FORBIDDEN", `${what} was refused: ${message}`);
  if (status === 401) return make("AUTH_SIGN_IN_EXPIRED", `${what}: the sign-in has ended (${message}).`);
  return make("AWS_CALL_FAILED", `${what} failed: ${name}: ${message}`);
}

/** Name of an SDK error without a namespace, e.g. `ResourceNotFoundException`; "" for what is no error. */
export function awsErrorName(thrown: unknown): string {
  return thrown instanceof Error ? (thrown.name.split("#").pop() ?? "") : "";
}

function facts(thrown: unknown): { name: string; code: string; status: number | undefined; message: string } {
  if (!(thrown instanceof Error)) return { name: "", code: "", status: undefined, message: String(thrown) };
  const inner: unknown = thrown instanceof AggregateError ? thrown.errors[0] : undefined;
  const code = "code" in thrown && typeof thrown.code === "string" ? thrown.code : "";
  const metadata: unknown = "$metadata" in thrown ? thrown.$metadata : undefined;
  const status =
    typeof metadata === "object" && metadata !== null && "httpStatusCode" in metadata
      ? metadata.httpStatusCode
      : undefined;
  const message = thrown.message !== "" || !(inner instanceof Error) ? thrown.message : inner.message;
  return { name: awsErrorName(thrown), code, status: typeof status === "number" ? status : undefined, message };
}
