import type { CloudObject } from "../../../account/estate";
import { AwsError } from "../../../account/aws-error";
import type { AwsContext } from "../../aws-context";
import { ASSIGNMENT, PERMISSION_SET } from "./tokens";

/** A permission set by ARN. @throws AwsError ResourceNotFoundException */
export function permissionSetByArn(aws: AwsContext, setArn: string): CloudObject {
  const set = aws.list(PERMISSION_SET).find((one) => one.props.arn === setArn);
  if (!set) throw new AwsError("ResourceNotFoundException", "PermissionSet not found");
  return set;
}

/** The assignments of a permission set, in all accounts. */
export function assignmentsOf(aws: AwsContext, setArn: string): CloudObject[] {
  return aws.list(ASSIGNMENT).filter((one) => one.props.permissionSetArn === setArn);
}

/**
 * Brings a changed set into every account that has it (I3), one after the other; the provider waits. Counts in
 * `hidden.provisioned` of the set; `hidden.status` is IN_PROGRESS meanwhile.
 */
export async function provision(aws: AwsContext, setArn: string): Promise<void> {
  const set = permissionSetByArn(aws, setArn);
  const accounts = new Set(assignmentsOf(aws, setArn).map((one) => one.props.targetId));
  set.hidden.status = "IN_PROGRESS";
  for (let left = accounts.size; left > 0; left--) {
    await aws.wait("permissionSetProvisioned");
    set.hidden.provisioned = Number(set.hidden.provisioned ?? 0) + 1;
  }
  set.hidden.status = "SUCCEEDED";
}
