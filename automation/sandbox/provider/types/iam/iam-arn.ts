import type { CloudObject } from "../../../account/estate";
import { arn } from "../../../account/arn";
import { AwsError } from "../../../account/aws-error";
import type { AwsContext } from "../../aws-context";
import { ROLE } from "./tokens";

/** An IAM ARN of the caller's account: IAM has no regions. */
export function iamArn(aws: AwsContext, resource: string): string {
  return arn("iam", "", aws.account, resource);
}

/** A role by name. @throws AwsError NoSuchEntity */
export function roleByName(aws: AwsContext, name: string): CloudObject {
  const role = aws.find(ROLE, name);
  if (!role) throw new AwsError("NoSuchEntity", `The role with name ${name} cannot be found.`);
  return role;
}
