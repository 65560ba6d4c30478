import { partitionOf } from "./partition";
import { policyOf, type PolicyDocument } from "./policy-document";

/**
 * What the agent calls to open its channels (Systems Manager user guide, "Reference: ec2messages, ssmmessages, and other API
 * operations").
 */
export const CHANNEL_ACTIONS = [
  "ssmmessages:CreateControlChannel",
  "ssmmessages:CreateDataChannel",
  "ssmmessages:OpenControlChannel",
  "ssmmessages:OpenDataChannel",
] as const;

/** What the agent calls on the endpoint `ssm`: registration and heartbeat first, then its housekeeping. */
export const AGENT_ACTIONS = [
  "ssm:UpdateInstanceInformation",
  "ssm:ListAssociations",
  "ssm:ListInstanceAssociations",
  "ssm:DescribeAssociation",
  "ssm:UpdateAssociationStatus",
  "ssm:UpdateInstanceAssociationStatus",
  "ssm:GetDocument",
  "ssm:DescribeDocument",
  "ssm:GetManifest",
  "ssm:PutInventory",
  "ssm:PutComplianceItems",
  "ssm:PutConfigurePackageResult",
  "ssm:GetDeployablePatchSnapshotForInstance",
] as const;

/**
 * The bastion's own policy: the channels and the agent's housekeeping. Narrower than AmazonSSMManagedInstanceCore, which also
 * reads every parameter of the account.
 */
export function bastionPolicy(): PolicyDocument {
  return policyOf([
    { Sid: "Channels", Effect: "Allow", Action: CHANNEL_ACTIONS, Resource: "*" }, // these actions have no resource types
    { Sid: "Agent", Effect: "Allow", Action: AGENT_ACTIONS, Resource: "*" }, // the agent's own instance is not known beforehand
  ]);
}

/** Who may assume the bastion's role: instances only. */
export function bastionTrustPolicy(region: string): PolicyDocument {
  const service = `ec2.${partitionOf(region).dnsSuffix}`;
  return policyOf([{ Sid: "Instances", Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }]);
}
