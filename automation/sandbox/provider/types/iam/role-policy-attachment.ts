import { AwsError } from "../../../account/aws-error";
import { text, type ResourceType } from "../../resource-type";
import { roleByName } from "./iam-arn";
import { ROLE_POLICY_ATTACHMENT } from "./tokens";

/** AWS-managed policies that can be attached; what they allow is not simulated, so an attachment alone opens nothing. */
const MANAGED = /^arn:aws:iam::aws:policy\/(AmazonSSMManagedInstanceCore|CloudWatchAgentServerPolicy|ReadOnlyAccess)$/;
const LIMIT = 10;

/** A managed policy on a role. */
export const rolePolicyAttachment: ResourceType = {
  token: ROLE_POLICY_ATTACHMENT,
  service: "IAM",
  noun: "IAM Role Policy Attachment",
  operations: { create: "AttachRolePolicy", update: "AttachRolePolicy", delete: "DetachRolePolicy" },
  deleteBeforeReplace: true,
  create: (aws, inputs) => {
    const role = text(inputs, "role");
    roleByName(aws, role);
    const policy = text(inputs, "policyArn");
    if (!MANAGED.test(policy))
      throw new AwsError("NoSuchEntity", `Policy ${policy} does not exist or is not attachable.`);
    const attached = aws.list(ROLE_POLICY_ATTACHMENT).filter((one) => one.props.role === role);
    if (attached.length >= LIMIT)
      throw new AwsError("LimitExceeded", `Cannot exceed quota for PoliciesPerRole: ${LIMIT}`);
    const id = `${role}/${policy}`;
    return attached.find((one) => one.id === id) ?? aws.add(ROLE_POLICY_ATTACHMENT, id, inputs);
  },
};
