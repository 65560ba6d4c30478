import type { CloudObject } from "../../../account/estate";
import { AwsError } from "../../../account/aws-error";
import type { AwsContext } from "../../aws-context";
import { SECURITY_GROUP, SUBNET, VPC } from "./tokens";

/** A VPC by id. @throws AwsError InvalidVpcID.NotFound */
export function vpcById(aws: AwsContext, id: string): CloudObject {
  const vpc = aws.find(VPC, id);
  if (!vpc) throw new AwsError("InvalidVpcID.NotFound", `The vpc ID '${id}' does not exist`);
  return vpc;
}

/** A subnet by id. @throws AwsError InvalidSubnetID.NotFound */
export function subnetById(aws: AwsContext, id: string): CloudObject {
  const subnet = aws.find(SUBNET, id);
  if (!subnet) throw new AwsError("InvalidSubnetID.NotFound", `The subnet ID '${id}' does not exist`);
  return subnet;
}

/** A security group by id. @throws AwsError InvalidGroup.NotFound */
export function groupById(aws: AwsContext, id: string): CloudObject {
  const group = aws.find(SECURITY_GROUP, id);
  if (!group) throw new AwsError("InvalidGroup.NotFound", `The security group '${id}' does not exist`);
  return group;
}
