import { asSallyportError, SallyportError } from "../core/errors";
import { Refusal } from "./refusal";
import { UpstreamRefused } from "./upstream-login";
import { StreamEnded } from "./wire/message-reader";

/**
 * What a client is told when the way to the database fails: 08006 (connection_failure) with the error's message, its next command as
 * hint and its code in the detail. Refusals and the database's own errors stay as they are.
 *
 * @example TUNNEL_CLOSED → FATAL 08006 "The tunnel was closed by the other side." DETAIL "TUNNEL_CLOSED" HINT "run again"
 */
export function unreachable(thrown: unknown): Refusal | UpstreamRefused {
  if (thrown instanceof Refusal || thrown instanceof UpstreamRefused) return thrown;
  const error = isBrokenStream(thrown) ? ended(thrown) : asSallyportError(thrown);
  const detail = error.likely === undefined ? error.code : `${error.code}: ${error.likely}`;
  return new Refusal("08006", error.message, { detail, hint: error.next, code: error.code });
}

function ended(cause: unknown): SallyportError {
  const message = "The database closed the connection before the session began.";
  return new SallyportError("DB_UNREACHABLE", { message, cause });
}

/** A stream's own end, or an error of the operating system or of TLS on it. */
function isBrokenStream(thrown: unknown): boolean {
  if (thrown instanceof StreamEnded) return true;
  return thrown instanceof Error && !(thrown instanceof SallyportError) && /^E[A-Z_]+$/.test(codeOf(thrown));
}

function codeOf(error: Error): string {
  return "code" in error && typeof error.code === "string" ? error.code : "";
}
