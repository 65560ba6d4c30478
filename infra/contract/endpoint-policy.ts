import { AGENT_ACTIONS, CHANNEL_ACTIONS } from "./bastion-policy";
import { policyOf, type PolicyDocument } from "./policy-document";

/** The two services that a bastion without internet needs (Systems Manager user guide, "Create VPC endpoints"). */
export const ENDPOINT_SERVICES = ["ssm", "ssmmessages"] as const;
/** Short name of an interface endpoint's service. */
export type EndpointService = (typeof ENDPOINT_SERVICES)[number];

const ACTIONS: Readonly<Record<EndpointService, readonly string[]>> = {
  ssm: AGENT_ACTIONS,
  ssmmessages: CHANNEL_ACTIONS,
};

/**
 * Only the bastion's role, only the agent's calls: the default policy would let the credentials of any account speak through
 * the VPC. The role stands in a condition, for a Principal that was made a moment ago can be refused as invalid.
 */
export function endpointPolicy(service: EndpointService, account: string, roleArn: string): PolicyDocument {
  return policyOf([
    {
      Sid: "Bastion",
      Effect: "Allow",
      Principal: "*", // narrowed by the condition
      Action: ACTIONS[service],
      Resource: "*", // ssmmessages has no resource types, and the agent's own instance is not known beforehand
      Condition: { StringEquals: { "aws:PrincipalAccount": account }, ArnEquals: { "aws:PrincipalArn": roleArn } },
    },
  ]);
}
