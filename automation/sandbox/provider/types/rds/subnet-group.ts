import type { Props } from "../../../account/estate";
import { AwsError } from "../../../account/aws-error";
import type { AwsContext } from "../../aws-context";
import { text, texts, type ResourceType } from "../../resource-type";
import { SUBNET } from "../network/tokens";
import { CLUSTER, SUBNET_GROUP } from "./tokens";
import { plainText } from "../../../account/plain-text";

/** Subnets for databases: one VPC, at least two zones (R1). */
export const subnetGroup: ResourceType = {
  token: SUBNET_GROUP,
  service: "RDS",
  noun: "RDS DB Subnet Group",
  operations: { create: "CreateDBSubnetGroup", update: "ModifyDBSubnetGroup", delete: "DeleteDBSubnetGroup" },
  comparisons: { subnetIds: "set" },
  rules: (inputs, fail) => {
    const name = text(inputs, "name");
    if (inputs.name !== undefined && (!/^[0-9a-z_ .-]{1,255}$/.test(name) || name === "default")) {
      fail(
        "name",
        'only lowercase alphanumeric characters, hyphens, underscores, periods, and spaces allowed in "name"',
      );
    }
  },
  create: (aws, inputs) => {
    const name = text(inputs, "name");
    if (aws.find(SUBNET_GROUP, name))
      throw new AwsError("DBSubnetGroupAlreadyExists", `DB Subnet group ${name} already exists.`);
    const vpcId = vpcOf(aws, inputs);
    return aws.add(SUBNET_GROUP, name, {
      ...inputs,
      arn: aws.arn("rds", `subgrp:${name}`),
      supportedNetworkTypes: ["IPV4"],
      vpcId,
    });
  },
  update: (aws, _object, news) => {
    news.vpcId = vpcOf(aws, news);
  },
  delete: (aws, object) => {
    const user = aws.list(CLUSTER).find((one) => one.props.dbSubnetGroupName === object.id);
    if (user) {
      throw new AwsError(
        "InvalidDBSubnetGroupStateFault",
        `Cannot delete the subnet group ${object.id} because at least one database instance: ${user.id} is still using it.`,
      );
    }
  },
};

function vpcOf(aws: AwsContext, inputs: Props): string {
  const subnets = texts(inputs, "subnetIds").map((id) => ({ id, found: aws.find(SUBNET, id) }));
  const vpcs = new Set(subnets.map(({ found }) => found?.props.vpcId));
  const bad = subnets.find(({ found }) => !found) ?? (vpcs.size > 1 ? subnets[1] : undefined);
  if (bad)
    throw new AwsError(
      "InvalidSubnet",
      `The requested subnet ${bad.id} is invalid, or multiple subnets were requested that are not all in a common VPC.`,
    );
  const zones = [...new Set(subnets.map(({ found }) => plainText(found?.props.availabilityZone)))];
  if (zones.length < 2) {
    const rule = "The DB subnet group doesn't meet Availability Zone (AZ) coverage requirement.";
    throw new AwsError(
      "DBSubnetGroupDoesNotCoverEnoughAZs",
      `${rule} Current AZ coverage: ${zones.join(", ")}. Add subnets to cover at least 2 AZs.`,
    );
  }
  return plainText([...vpcs][0]);
}
