import { AwsError } from "../../../account/aws-error";
import { RETRIES } from "../../waits";
import { text, type ResourceType } from "../../resource-type";
import { vpcById } from "./look-up";
import { EGRESS_RULE, INGRESS_RULE, NETWORK_INTERFACE, SECURITY_GROUP } from "./tokens";

const DESCRIPTION = /^[A-Za-z0-9 ._\-:/()#,@[\]+=&;{}!$*]{1,255}$/;

/** A security group. Made by the provider it has no egress either (N6); its name is its VPC's own (N10). */
export const securityGroup: ResourceType = {
  token: SECURITY_GROUP,
  service: "EC2",
  noun: "Security Group",
  operations: { create: "CreateSecurityGroup", update: "AuthorizeSecurityGroupIngress", delete: "DeleteSecurityGroup" },
  filled: ["ingress"],
  comparisons: { ingress: "set", egress: "set" },
  rules: (inputs, fail) => {
    const name = text(inputs, "name");
    if (name.startsWith("sg-") || name.length > 255) fail("name", "Group names may not be in the format sg-*");
    if (inputs.description !== undefined && !DESCRIPTION.test(text(inputs, "description")))
      fail("description", "Invalid security group description");
  },
  create: (aws, inputs) => {
    // There is no default VPC here, as in accounts whose owners removed it.
    if (inputs.vpcId === undefined) throw new AwsError("VPCIdNotSpecified", "No default VPC for this user");
    const vpc = vpcById(aws, text(inputs, "vpcId"));
    if (aws.list(SECURITY_GROUP).some((one) => one.props.vpcId === vpc.id && one.props.name === inputs.name)) {
      throw new AwsError(
        "InvalidGroup.Duplicate",
        `The security group '${text(inputs, "name")}' already exists for VPC '${vpc.id}'`,
      );
    }
    const id = aws.id("sg");
    return aws.add(SECURITY_GROUP, id, {
      ingress: [],
      egress: [],
      ...inputs,
      arn: aws.arn("ec2", `security-group/${id}`),
      ownerId: aws.account,
    });
  },
  ready: (aws) => aws.wait("moment"),
  delete: async (aws, object) => {
    const rules = (token: string) => aws.list(token);
    await aws.retry(
      () => {
        const attached = aws
          .list(NETWORK_INTERFACE)
          .some((one) => Array.isArray(one.props.securityGroupIds) && one.props.securityGroupIds.includes(object.id));
        const named = [...rules(INGRESS_RULE), ...rules(EGRESS_RULE)].some(
          (rule) => rule.props.referencedSecurityGroupId === object.id && rule.props.securityGroupId !== object.id,
        );
        if (attached || named)
          throw new AwsError("DependencyViolation", `resource ${object.id} has a dependent object`);
      },
      RETRIES.dependency,
      (error) => error.code === "DependencyViolation",
    );
    for (const rule of [...rules(INGRESS_RULE), ...rules(EGRESS_RULE)])
      if (rule.props.securityGroupId === object.id) aws.estate.remove(rule);
  },
};
