import type { Estate } from "../account/estate";
import { authorize, authorizeByPolicy, denialMessage } from "../iam/authorize";
import type { AuthorizeAgent } from "../node/agent-conditions";

/** Decides the agents' calls with the account's evaluator: identity policies first, then the policy of the endpoint on the way. */
export function agentAuthorization(estate: Estate): AuthorizeAgent {
  return ({ principal, action, resource, region, context, endpointPolicy }) => {
    const request = { action, resource, region, context };
    const own = authorize(estate, principal, request);
    if (!own.allowed) return { allowed: false, reason: denialMessage(principal, action, resource, own) };
    if (endpointPolicy === undefined || authorizeByPolicy(estate, principal, endpointPolicy, request).allowed)
      return { allowed: true, reason: "" };
    return { allowed: false, reason: "the endpoint's policy does not allow it" };
  };
}
