import { authorize, denialMessage } from "../iam/authorize";
import type { RequestContext } from "../iam/pattern";
import { ApiError, type Call } from "./operation";

/** Refuses a call that the caller's policies do not allow, in AWS's words. Comes before any look at what exists. */
export function permit(call: Call, action: string, resource = "*", context: RequestContext = {}): void {
  const decision = authorize(call.estate, call.principal, { action, resource, region: call.region, context });
  if (decision.allowed) return;
  const json = !/^(sts|rds):/.test(action);
  throw new ApiError(
    json ? "AccessDeniedException" : "AccessDenied",
    denialMessage(call.principal, action, resource, decision),
    json ? 400 : 403,
  );
}
