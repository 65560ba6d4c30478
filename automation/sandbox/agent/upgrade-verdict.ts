import type { IncomingMessage, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import type { Principal } from "../account/estate";
import type { PortSession } from "../account/ports";
import { arn } from "../account/arn";

/** Whether a WebSocket upgrade may happen, and as whom. */
export type UpgradeVerdict =
  | { readonly ok: true; readonly principal: Principal }
  | {
      readonly ok: false;
      /** HTTP status, e.g. 403. */
      readonly status: keyof typeof STATUS_CODES & number;
      /** AWS's error code, e.g. `AccessDeniedException`. */
      readonly code: string;
      readonly message: string;
    };

/**
 * Judges the signed GET of an upgrade: signature (service `ssmmessages`, the session's region) and `ssmmessages:OpenDataChannel` on
 * `sessionArn(session)`. `session` is undefined for an id that was never given out: authorisation comes before existence.
 */
export type AuthorizeUpgrade = (
  request: IncomingMessage,
  session: PortSession | undefined,
) => UpgradeVerdict | Promise<UpgradeVerdict>;

/** The resource of `ssmmessages:OpenDataChannel`, `ssm:TerminateSession` and `ssm:ResumeSession`. */
export function sessionArn(session: Pick<PortSession, "id" | "region" | "account">): string {
  return arn("ssm", session.region, session.account, `session/${session.id}`);
}

/**
 * The rule beyond policies: only the principal that started a session may open its channel. Whether AWS binds the channel to more than
 * the token is unproven; this is the stricter reading.
 */
export function foreignCaller(principal: Principal, session: PortSession): UpgradeVerdict | undefined {
  if (principal.userId === session.owner.userId && principal.account === session.owner.account) return undefined;
  const action = "ssmmessages:OpenDataChannel";
  return {
    ok: false,
    status: 403,
    code: "AccessDeniedException",
    message: `User: ${principal.arn} is not authorized to perform: ${action} on resource: ${sessionArn(session)}`,
  };
}

/** Answers an upgrade with an error and closes. */
export function refuseUpgrade(
  socket: Duplex,
  refusal: { readonly status: number; readonly code: string; readonly message: string },
): void {
  const body = JSON.stringify({ message: refusal.message });
  const head = [
    `HTTP/1.1 ${refusal.status} Refused`,
    "Connection: close",
    "Content-Type: application/json",
    `Content-Length: ${Buffer.byteLength(body)}`,
    `x-amzn-ErrorType: ${refusal.code}`,
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
}
