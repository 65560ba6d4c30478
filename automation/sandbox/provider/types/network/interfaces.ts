import type { CloudObject, Json } from "../../../account/estate";
import { AwsError } from "../../../account/aws-error";
import type { AwsContext } from "../../aws-context";
import { parseCidr, usableAddresses } from "./cidr";
import { NETWORK_INTERFACE } from "./tokens";
import { plainText } from "../../../account/plain-text";

/**
 * Gives something an interface in a subnet. Subnets and groups cannot be deleted while one refers to them.
 *
 * @returns the interface: props `subnetId`, `vpcId`, `availabilityZone`, `privateIp`, `securityGroupIds`, `owner`.
 */
export function addInterface(
  aws: AwsContext,
  subnet: CloudObject,
  securityGroupIds: readonly string[],
  owner: string,
  wanted?: Json,
): CloudObject {
  const { vpcId = "", availabilityZone = "" } = subnet.props;
  const privateIp = typeof wanted === "string" ? wanted : freeAddress(aws, subnet);
  const props = {
    subnetId: subnet.id,
    vpcId,
    availabilityZone,
    privateIp,
    securityGroupIds: [...securityGroupIds],
    owner,
  };
  return aws.add(NETWORK_INTERFACE, aws.id("eni"), props);
}

/** The interfaces that something owns. */
export function interfacesOf(aws: AwsContext, owner: string): CloudObject[] {
  return aws.list(NETWORK_INTERFACE).filter((one) => one.props.owner === owner);
}

/** Changes the groups of everything that an owner has in the VPC. */
export function regroupInterfaces(aws: AwsContext, owner: string, securityGroupIds: readonly string[]): void {
  for (const one of interfacesOf(aws, owner)) one.props.securityGroupIds = [...securityGroupIds];
}

/** Takes an owner's interfaces away. */
export function removeInterfaces(aws: AwsContext, owner: string): void {
  for (const one of interfacesOf(aws, owner)) aws.estate.remove(one);
}

function freeAddress(aws: AwsContext, subnet: CloudObject): string {
  const taken = new Set(
    aws.list(NETWORK_INTERFACE).flatMap((one) => (one.props.subnetId === subnet.id ? [one.props.privateIp] : [])),
  );
  const cidr = parseCidr(plainText(subnet.props.cidrBlock));
  for (const address of cidr ? usableAddresses(cidr) : []) {
    if (!taken.has(address)) return address;
  }
  throw new AwsError(
    "InsufficientFreeAddressesInSubnet",
    `There are not enough free addresses in subnet '${subnet.id}' to satisfy the requested number of instances.`,
  );
}
