import type { Estate } from "../account/estate";
import { authorize } from "../iam/authorize";
import { verifyRdsToken } from "../sigv4/rds-token";
import type { IamPorts } from "./iam-login";

/** The endpoint's view of AWS: keys, policies and wall clock of an estate, as they are at the moment of the login. */
export function accountIam(estate: Estate): IamPorts {
  return {
    verifyToken: (token, target) =>
      verifyRdsToken(token, { ...target, now: estate.clocks.wall(), lookup: (id) => estate.keys.get(id) }),
    mayConnect: (principal, { resource, region }) =>
      authorize(estate, principal, { action: "rds-db:connect", resource, region }).allowed,
  };
}
