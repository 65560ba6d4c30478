import { ProviderError } from "../../../account/aws-error";
import type { Json } from "../../../account/estate";
import { text, type ResourceType } from "../../resource-type";
import { EGRESS_RULE, INGRESS_RULE, SECURITY_GROUP, VPC } from "./tokens";

/**
 * The group that every VPC is born with. The provider takes it over and revokes every rule that is not written here, whoever made it;
 * at the end it only forgets the group, which keeps the rules that it has then (provider documentation, `aws_default_security_group`).
 */
export const defaultSecurityGroup: ResourceType = {
  token: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
  service: "EC2",
  noun: "EC2 Default Security Group",
  adopts: SECURITY_GROUP,
  operations: {
    create: "RevokeSecurityGroupIngress",
    update: "AuthorizeSecurityGroupIngress",
    delete: "RevokeSecurityGroupIngress",
  },
  comparisons: { ingress: "set", egress: "set" },
  create: (aws, inputs) => {
    // There is no default VPC here, as in accounts whose owners removed it.
    const vpc = aws.find(VPC, inputs.vpcId);
    const group = aws.find(SECURITY_GROUP, text(vpc?.props ?? {}, "defaultSecurityGroupId"));
    if (!group) throw new ProviderError(`reading EC2 Default Security Group (${vpcWords(inputs.vpcId)}): empty result`);
    for (const rule of [...aws.list(INGRESS_RULE), ...aws.list(EGRESS_RULE)])
      if (rule.props.securityGroupId === group.id) aws.estate.remove(rule);
    Object.assign(group.props, { ingress: [], egress: [], ...inputs });
    return group;
  },
};

function vpcWords(vpcId: Json | undefined): string {
  return typeof vpcId === "string" ? vpcId : "no default VPC";
}
