import { UNKNOWN, type Sample } from "../run-rule";

/** A resource of a stack in a test. */
export type StackSample = Sample & { readonly type: string; readonly name: string };

/** A VPC before it is made: its id is not known. */
export const VPC: StackSample = { type: "aws:ec2/vpc:Vpc", name: "vpc", props: { id: UNKNOWN } };

/** Something in a VPC of the program. */
export const inVpc = (type: string, name: string, vpc = "vpc"): StackSample => ({
  type,
  name,
  props: { vpcId: UNKNOWN },
  from: { vpcId: [vpc] },
});

/** The VPC with a subnet and a group. */
export const NETWORK: readonly StackSample[] = [
  VPC,
  inVpc("aws:ec2/subnet:Subnet", "subnet"),
  inVpc("aws:ec2/securityGroup:SecurityGroup", "group"),
];

/** A bastion in the subnet. */
export const BASTION: StackSample = {
  type: "aws:ec2/instance:Instance",
  name: "bastion",
  props: { subnetId: UNKNOWN, tags: { Name: "it" } },
  from: { subnetId: ["subnet"] },
};

/** An interface endpoint of the VPC. */
export const endpoint = (service: string, vpc = "vpc"): StackSample => ({
  ...inVpc("aws:ec2/vpcEndpoint:VpcEndpoint", `${service}-${vpc}`, vpc),
  props: { vpcId: UNKNOWN, vpcEndpointType: "Interface", serviceName: `com.amazonaws.eu-west-2.${service}` },
});
