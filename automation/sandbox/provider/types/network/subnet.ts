import { AwsError } from "../../../account/aws-error";
import { zonesOf } from "../../../account/regions";
import { text, type ResourceType } from "../../resource-type";
import { overlap, parseCidr, within } from "./cidr";
import { vpcById } from "./look-up";
import { NETWORK_INTERFACE, ROUTE_TABLE_ASSOCIATION, SUBNET } from "./tokens";
import { plainText } from "../../../account/plain-text";

/** A subnet: inside its VPC's network, apart from the others (N1), in a zone of the region (N2). */
export const subnet: ResourceType = {
  token: SUBNET,
  service: "EC2",
  noun: "EC2 Subnet",
  operations: { create: "CreateSubnet", update: "ModifySubnetAttribute", delete: "DeleteSubnet" },
  filled: [
    "availabilityZoneId",
    "enableResourceNameDnsARecordOnLaunch",
    "enableResourceNameDnsAaaaRecordOnLaunch",
    "ipv6Native",
  ],
  rules: (inputs, fail) => {
    if (inputs.availabilityZone !== undefined && inputs.availabilityZoneId !== undefined) {
      fail("availabilityZone", '"availability_zone": conflicts with availability_zone_id');
    }
    if (inputs.cidrBlock !== undefined && !parseCidr(text(inputs, "cidrBlock"))) {
      fail("cidrBlock", `"${text(inputs, "cidrBlock")}" is not a valid IPv4 CIDR block`);
    }
  },
  create: (aws, inputs) => {
    const vpc = vpcById(aws, text(inputs, "vpcId"));
    const around = parseCidr(text(vpc.props, "cidrBlock"));
    const cidr = parseCidr(text(inputs, "cidrBlock"));
    if (!cidr || !around || cidr.prefix < 16 || cidr.prefix > 28 || !within(around, cidr)) {
      throw new AwsError("InvalidSubnet.Range", `The CIDR '${text(inputs, "cidrBlock")}' is invalid.`);
    }
    const others = aws.list(SUBNET).filter((one) => one.props.vpcId === vpc.id);
    if (others.some((one) => overlap(cidr, parseCidr(text(one.props, "cidrBlock")) ?? cidr))) {
      throw new AwsError(
        "InvalidSubnet.Conflict",
        `The CIDR '${text(inputs, "cidrBlock")}' conflicts with another subnet`,
      );
    }
    const zones = zonesOf(aws.region);
    const { availabilityZone: name, availabilityZoneId: zoneId } = inputs;
    const zone = zones.find((one) =>
      name === undefined ? zoneId === undefined || one.id === zoneId : one.name === name,
    );
    if (!zone) {
      const list = zones.map((one) => one.name).join(", ");
      throw new AwsError(
        "InvalidParameterValue",
        `Value (${plainText(name ?? zoneId)}) for parameter availabilityZone is invalid. Subnets can currently only be created in the following availability zones: ${list}.`,
      );
    }
    const id = aws.id("subnet");
    return aws.add(SUBNET, id, {
      enableResourceNameDnsARecordOnLaunch: false,
      enableResourceNameDnsAaaaRecordOnLaunch: false,
      ipv6Native: false,
      ...inputs,
      availabilityZone: zone.name,
      availabilityZoneId: zone.id,
      arn: aws.arn("ec2", `subnet/${id}`),
      ipv6CidrBlockAssociationId: "",
      ownerId: aws.account,
    });
  },
  ready: (aws) => aws.wait("moment"),
  delete: (aws, object) => {
    if (aws.list(NETWORK_INTERFACE).some((one) => one.props.subnetId === object.id)) {
      throw new AwsError("DependencyViolation", `The subnet '${object.id}' has dependencies and cannot be deleted.`);
    }
    for (const one of aws.list(ROUTE_TABLE_ASSOCIATION)) if (one.props.subnetId === object.id) aws.estate.remove(one);
  },
};
