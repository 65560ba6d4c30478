import type { Estate } from "../account/estate";
import { authorize, denialMessage } from "../iam/authorize";
import { verifyRequest } from "../sigv4/verify-request";
import { sessionArn, type AuthorizeUpgrade, type UpgradeVerdict } from "./upgrade-verdict";

const ACTION = "ssmmessages:OpenDataChannel";

/**
 * The judge of upgrades over the estate's keys and policies: SigV4 for service `ssmmessages` in the session's region, then
 * `ssmmessages:OpenDataChannel` on the session. For an id that was never given out the same question is asked about that id.
 */
export function makeAuthorizeUpgrade(estate: Estate): AuthorizeUpgrade {
  return (request, session) => {
    const url = request.url ?? "/";
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(",") : value]),
    );
    const verified = verifyRequest(
      { method: "GET", url, headers, body: Buffer.alloc(0) },
      { lookup: (accessKeyId) => estate.keys.get(accessKeyId), now: estate.clocks.wall() },
    );
    if (!verified.ok) return refuse(`${verified.code}Exception`, verified.message);
    const region = session?.region ?? verified.region;
    if (verified.service !== "ssmmessages" || verified.region !== region) {
      return refuse("InvalidSignatureException", `Credential should be scoped to service ssmmessages in ${region}.`);
    }
    const { principal } = verified.key;
    const resource = sessionArn(session ?? { id: idOf(url), region, account: principal.account });
    const decision = authorize(estate, principal, { action: ACTION, resource, region });
    if (!decision.allowed) return refuse("AccessDeniedException", denialMessage(principal, ACTION, resource, decision));
    return { ok: true, principal };
  };
}

function refuse(code: string, message: string): UpgradeVerdict {
  return { ok: false, status: 403, code, message };
}

function idOf(url: string): string {
  return url.split("?")[0]?.split("/").at(-1) ?? "";
}
