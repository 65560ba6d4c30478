import { DatabaseError } from "pg";
import { SallyportError } from "../core/errors";

/** Whose login failed, where. */
export interface LoginName {
  readonly user: string;
  readonly database: string;
  readonly endpoint: string;
}

/**
 * A failure while logging in. The server's own words are shown: they are the only thing that tells the cases apart.
 *
 * @example translateLoginError(pam, {user: "jane", database: "app", endpoint}).code // "DB_LOGIN_REFUSED"
 */
export function translateLoginError(thrown: unknown, login: LoginName): SallyportError {
  if (thrown instanceof SallyportError) return thrown;
  if (!(thrown instanceof DatabaseError)) {
    const text = thrown instanceof Error ? thrown.message : String(thrown);
    return new SallyportError("DB_UNREACHABLE", {
      message: `${login.endpoint} ended the login of "${login.user}": ${text}.`,
      cause: thrown,
    });
  }
  const words = serverWords(thrown);
  const values = { sqlstate: thrown.code ?? "", user: login.user };
  const refused = (likely: string): SallyportError =>
    new SallyportError("DB_LOGIN_REFUSED", {
      message: `The database refused the login "${login.user}": ${words}`,
      likely,
      cause: thrown,
      values,
    });
  switch (thrown.code) {
    case "28000":
      return refused(
        "The token is not accepted: rds-db:connect is not allowed for this login, or the token is for another one.",
      );
    case "28P01":
      return refused("The login role does not exist, is no member of rds_iam, or IAM authentication is off.");
    case "42501":
      return refused(`The login may not connect to the database "${login.database}".`);
    case "3D000":
      return new SallyportError("TARGET_UNKNOWN", { message: `${login.endpoint}: ${words}`, cause: thrown });
    default:
      return new SallyportError("DB_UNREACHABLE", {
        message: `${login.endpoint} ended the login of "${login.user}": ${words}`,
        cause: thrown,
        values,
      });
  }
}

/** A failure of a statement: SQLSTATE and the server's words. A lost connection is DB_UNREACHABLE. */
export function translateStatementError(thrown: unknown): SallyportError {
  if (thrown instanceof SallyportError) return thrown;
  if (!(thrown instanceof DatabaseError)) {
    const text = thrown instanceof Error ? thrown.message : String(thrown);
    return new SallyportError("DB_UNREACHABLE", {
      message: `The connection was lost while a statement ran: ${text}.`,
      cause: thrown,
    });
  }
  const more = [thrown.detail, thrown.hint].filter((text) => text !== undefined).join(" ");
  const place = thrown.position === undefined ? "" : ` (at character ${thrown.position})`;
  return new SallyportError("DB_STATEMENT_FAILED", {
    message: `${serverWords(thrown)}${place}`,
    likely: more === "" ? undefined : more,
    cause: thrown,
    values: { sqlstate: thrown.code ?? "" },
  });
}

/** `FATAL 28000 PAM authentication failed for user "jane"`. */
function serverWords(error: DatabaseError): string {
  return [error.severity === "ERROR" ? undefined : error.severity, error.code, error.message]
    .filter((part) => part !== undefined)
    .join(" ");
}
