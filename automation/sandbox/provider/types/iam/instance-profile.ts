import { AwsError } from "../../../account/aws-error";
import { uniqueId } from "../../../account/ids";
import { text, type ResourceType } from "../../resource-type";
import { iamArn, roleByName } from "./iam-arn";
import { INSTANCE_PROFILE } from "./tokens";

/** An instance profile with at most one role; other services see it only after a while. */
export const instanceProfile: ResourceType = {
  token: INSTANCE_PROFILE,
  service: "IAM",
  noun: "IAM Instance Profile",
  operations: { create: "CreateInstanceProfile", update: "AddRoleToInstanceProfile", delete: "DeleteInstanceProfile" },
  rules: (inputs, fail) => {
    if (inputs.name !== undefined && !/^[\w+=,.@-]{1,128}$/.test(text(inputs, "name")))
      fail("name", "invalid value for name (must match [\\w+=,.@-]{1,128})");
  },
  create: (aws, inputs) => {
    const name = text(inputs, "name");
    if (aws.find(INSTANCE_PROFILE, name))
      throw new AwsError("EntityAlreadyExists", `Instance Profile ${name} already exists.`);
    if (inputs.role !== undefined) roleByName(aws, text(inputs, "role"));
    const outputs = {
      arn: iamArn(aws, `instance-profile${text(inputs, "path") || "/"}${name}`),
      createDate: aws.timestamp(),
    };
    return aws.add(INSTANCE_PROFILE, name, {
      ...inputs,
      ...outputs,
      uniqueId: uniqueId(aws.estate.randomBytes, "AIPA"),
    });
  },
  update: (aws, _object, news) => {
    if (news.role !== undefined) roleByName(aws, text(news, "role"));
  },
};
