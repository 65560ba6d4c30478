import { IDENTITY_ACCOUNT, IDENTITY_REGION } from "../../../account/estate";
import { AwsError } from "../../../account/aws-error";
import type { AwsContext } from "../../aws-context";

/**
 * Identity Center answers in its own account and region only (I8).
 *
 * @throws AwsError AccessDeniedException or ResourceNotFoundException
 */
export function refuseElsewhere(aws: AwsContext, instanceArn: string): void {
  if (aws.account !== IDENTITY_ACCOUNT)
    throw new AwsError(
      "AccessDeniedException",
      `User: ${aws.principal.arn} is not authorized to perform this operation`,
    );
  if (aws.region !== IDENTITY_REGION || instanceArn !== aws.estate.directory.instanceArn)
    throw new AwsError("ResourceNotFoundException", "Instance not found");
}
