import type { Json, Props } from "../../../account/estate";
import { roleOfArn } from "../../../account/arn";
import { listOf, statementsOf } from "../../../account/allows-action";
import { AwsError } from "../../../account/aws-error";
import { uniqueId } from "../../../account/ids";
import type { AwsContext } from "../../aws-context";
import { text, type ResourceType } from "../../resource-type";
import { RETRIES } from "../../waits";
import { iamArn } from "./iam-arn";
import { isJsonObject, refusePolicy } from "./policy-grammar";
import { INSTANCE_PROFILE, ROLE, ROLE_POLICY, ROLE_POLICY_ATTACHMENT } from "./tokens";

const NAME = /^[\w+=,.@-]{1,64}$/;
const TRUST_LIMIT = 2048;

/** A role. `hidden.roleId` is its unique id; `hidden.trustedIds` the ids of the roles that its trust policy names (K3). */
export const role: ResourceType = {
  token: ROLE,
  service: "IAM",
  noun: "IAM Role",
  operations: { create: "CreateRole", update: "UpdateRole", delete: "DeleteRole" },
  comparisons: { assumeRolePolicy: "json", managedPolicyArns: "set" },
  jsonObjects: ["assumeRolePolicy"],
  rules: (inputs, fail) => {
    if (inputs.name !== undefined && !NAME.test(text(inputs, "name")))
      fail(
        "name",
        "invalid value for name (must match [\\w+=,.@-]), expected length of name to be in the range (1 - 64)",
      );
    const { maxSessionDuration } = inputs;
    if (typeof maxSessionDuration === "number" && (maxSessionDuration < 3600 || maxSessionDuration > 43_200)) {
      fail(
        "maxSessionDuration",
        `expected max_session_duration to be in the range (3600 - 43200), got ${maxSessionDuration}`,
      );
    }
    if (inputs.assumeRolePolicy !== undefined && !isJsonObject(text(inputs, "assumeRolePolicy")))
      fail("assumeRolePolicy", '"assume_role_policy" contains an invalid JSON policy');
    for (const key of ["inlinePolicies", "permissionsBoundary"])
      if (inputs[key] !== undefined) fail(key, "not simulated here");
    if (Array.isArray(inputs.managedPolicyArns))
      fail("managedPolicyArns", "not simulated here: use RolePolicyAttachment");
  },
  create: async (aws, inputs) => {
    const name = text(inputs, "name");
    if (aws.find(ROLE, name)) throw new AwsError("EntityAlreadyExists", `Role with name ${name} already exists.`);
    const trustedIds = await trust(aws, text(inputs, "assumeRolePolicy"));
    const roleId = uniqueId(aws.estate.randomBytes, "AROA");
    const outputs = {
      arn: iamArn(aws, `role${text(inputs, "path") || "/"}${name}`),
      createDate: aws.timestamp(),
      uniqueId: roleId,
    };
    return aws.add(ROLE, name, { ...inputs, ...outputs }, { roleId, trustedIds });
  },
  update: async (aws, object, news) => {
    object.hidden.trustedIds = await trust(aws, text(news, "assumeRolePolicy"));
  },
  delete: (aws, object, state) => {
    const having = (token: string) => aws.list(token).filter((one) => one.props.role === object.id);
    const attachments = having(ROLE_POLICY_ATTACHMENT);
    if (state.forceDetachPolicies === true)
      for (const one of [...attachments, ...having(ROLE_POLICY)]) aws.estate.remove(one);
    else if (attachments.length > 0)
      throw new AwsError("DeleteConflict", "Cannot delete entity, must detach all policies first.");
    else if (having(ROLE_POLICY).length > 0)
      throw new AwsError("DeleteConflict", "Cannot delete entity, must delete policies first.");
    if (having(INSTANCE_PROFILE).length > 0)
      throw new AwsError("DeleteConflict", "Cannot delete entity, must remove roles from instance profile first.");
  },
};

/** Checks a trust policy and finds the ids behind the roles that it names; the provider waits for ones that are not there yet. */
async function trust(aws: AwsContext, policy: string): Promise<Props> {
  refusePolicy(policy, "trust");
  if (policy.length > TRUST_LIMIT)
    throw new AwsError("LimitExceeded", `Cannot exceed quota for ACLSizePerRole: ${TRUST_LIMIT}`);
  return aws.retry(
    () => trustedIds(aws, policy),
    RETRIES.iam,
    (error) => error.message.startsWith("Invalid principal"),
  );
}

function trustedIds(aws: AwsContext, policy: string): Props {
  const ids: Record<string, Json> = {};
  for (const statement of statementsOf(policy)) {
    const { Principal } = statement;
    const arns =
      typeof Principal === "object" && Principal !== null && !Array.isArray(Principal) ? listOf(Principal.AWS) : [];
    for (const arn of arns) {
      const named = roleOfArn(arn);
      if (!named) continue;
      const found = aws.estate.find(ROLE, named.name, named.account);
      if (!found) throw new AwsError("MalformedPolicyDocument", `Invalid principal in policy: "AWS":"${arn}"`);
      ids[arn] = found.hidden.roleId ?? null;
    }
  }
  return ids;
}
