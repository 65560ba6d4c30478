import type { IncomingMessage } from "node:http";
import type { Estate } from "../account/estate";
import type { PortSession } from "../account/ports";
import { foreignCaller, sessionArn, type UpgradeVerdict } from "../agent/upgrade-verdict";
import { authorize, denialMessage } from "../iam/authorize";
import { verifyRequest } from "../sigv4/verify-request";

const ACTION = "ssmmessages:OpenDataChannel";

/**
 * Judges the signed GET of a data channel's upgrade: signature for `ssmmessages`, then the caller's policies on the session, then
 * that the session is the caller's own. That the action is enforced today is unproven on real AWS: the stricter reading.
 */
export function authorizeUpgrade(
  estate: Estate,
): (request: IncomingMessage, session: PortSession | undefined) => UpgradeVerdict {
  return (request, session) => {
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(",") : value]),
    );
    const signed = { method: request.method ?? "GET", url: request.url ?? "/", headers, body: Buffer.alloc(0) };
    const verified = verifyRequest(signed, { lookup: (id) => estate.keys.get(id), now: estate.clocks.wall() });
    if (!verified.ok) return { ok: false, status: 403, code: verified.code, message: verified.message };
    const { principal } = verified.key;
    if (verified.service !== "ssmmessages")
      return {
        ok: false,
        status: 403,
        code: "SignatureDoesNotMatch",
        message: `Credential should be scoped to correct service: 'ssmmessages'.`,
      };
    const resource = sessionArn(session ?? { id: "unknown", region: verified.region, account: principal.account });
    const decision = authorize(estate, principal, { action: ACTION, resource, region: verified.region });
    if (!decision.allowed)
      return {
        ok: false,
        status: 403,
        code: "AccessDeniedException",
        message: denialMessage(principal, ACTION, resource, decision),
      };
    return (session && foreignCaller(principal, session)) ?? { ok: true, principal };
  };
}
