import { assumeRole } from "../../account/assume-role";
import { issueKeys } from "../../iam/issue-keys";
import { authorize } from "../../iam/authorize";
import { ApiError, requiredText, type Operation, type QueryService } from "../operation";

const HOUR_SECONDS = 3600;

/** Anybody may ask who they are: no policy is needed (STS API reference, GetCallerIdentity). */
const getCallerIdentity: Operation = ({ principal }) => ({
  Arn: principal.arn,
  UserId: principal.userId,
  Account: principal.account,
});

/** The caller's policies and the role's trust policy both decide. */
const assume: Operation = ({ estate, principal, region, input }) => {
  const [roleArn, sessionName] = [requiredText(input, "RoleArn"), requiredText(input, "RoleSessionName")];
  const seconds = input.DurationSeconds === undefined ? HOUR_SECONDS : Number(input.DurationSeconds);
  if (!/^[\w+=,.@-]{2,64}$/.test(sessionName))
    throw new ApiError("ValidationError", "RoleSessionName must match [\\w+=,.@-]{2,64}");
  if (!(seconds >= 900 && seconds <= 12 * HOUR_SECONDS))
    throw new ApiError("ValidationError", "DurationSeconds must be between 900 and the role's MaxSessionDuration");
  const mayCall = (action: string): boolean =>
    authorize(estate, principal, { action, resource: roleArn, region }).allowed;
  const assumed = assumeRole(estate, principal, { roleArn, sessionName }, mayCall);
  const key = issueKeys(estate, assumed, seconds * 1000);
  return {
    AssumedRoleUser: { AssumedRoleId: assumed.userId, Arn: assumed.arn },
    Credentials: {
      AccessKeyId: key.accessKeyId,
      SecretAccessKey: key.secretAccessKey,
      SessionToken: key.sessionToken,
      Expiration: new Date(key.expiresAt).toISOString(),
    },
  };
};

/** Security Token Service. */
export const sts: QueryService = {
  service: "sts",
  namespace: "https://sts.amazonaws.com/doc/2011-06-15/",
  operations: { GetCallerIdentity: getCallerIdentity, AssumeRole: assume },
};
