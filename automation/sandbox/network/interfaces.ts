import type { CloudObject, Estate } from "../account/estate";
import { textOf, textsOf } from "./read-props";

/** What security groups see of a thing in a VPC. */
export interface NetworkInterface {
  readonly vpcId: string;
  /** Addresses, or the subnets in which they lie where single addresses are not recorded; CIDRs. */
  readonly ranges: readonly string[];
  /** Never empty: without a choice AWS takes the VPC's default group. */
  readonly groups: readonly string[];
}

const VPC = "aws:ec2/vpc:Vpc";
const SUBNET = "aws:ec2/subnet:Subnet";
const SUBNET_GROUP = "aws:rds/subnetGroup:SubnetGroup";

/** The VPC object of an id, in an object's account. */
export function vpcOf(estate: Estate, vpcId: string, account: string): CloudObject | undefined {
  return estate.find(VPC, vpcId, account);
}

/** The instance's interface; `undefined` if its subnet is gone. */
export function instanceInterface(estate: Estate, instance: CloudObject): NetworkInterface | undefined {
  const subnetId = textOf(instance.props.subnetId);
  if (subnetId === undefined) return undefined;
  const address = textOf(instance.props.privateIp);
  return inSubnets(estate, instance.account, [subnetId], textsOf(instance.props.vpcSecurityGroupIds), address);
}

/** The interfaces of an interface endpoint, taken together; `undefined` if it has no subnet. */
export function endpointInterface(estate: Estate, endpoint: CloudObject): NetworkInterface | undefined {
  return inSubnets(
    estate,
    endpoint.account,
    textsOf(endpoint.props.subnetIds),
    textsOf(endpoint.props.securityGroupIds),
  );
}

/** The interfaces of a database cluster, taken together; `undefined` if its subnet group is gone. */
export function clusterInterface(estate: Estate, cluster: CloudObject): NetworkInterface | undefined {
  const name = textOf(cluster.props.dbSubnetGroupName);
  const group = estate
    .list(SUBNET_GROUP, cluster.account, cluster.region)
    .find((one) => one.id === name || one.props.name === name);
  return inSubnets(
    estate,
    cluster.account,
    textsOf(group?.props.subnetIds),
    textsOf(cluster.props.vpcSecurityGroupIds),
  );
}

function inSubnets(
  estate: Estate,
  account: string,
  subnetIds: readonly string[],
  groups: readonly string[],
  address?: string,
): NetworkInterface | undefined {
  const subnets = subnetIds.flatMap((id) => estate.find(SUBNET, id, account) ?? []);
  const vpcId = textOf(subnets[0]?.props.vpcId);
  if (vpcId === undefined) return undefined;
  const ranges = address === undefined ? subnets.flatMap((subnet) => textOf(subnet.props.cidrBlock) ?? []) : [address];
  return { vpcId, ranges, groups: groups.length > 0 ? groups : defaultGroup(estate, vpcId, account) };
}

function defaultGroup(estate: Estate, vpcId: string, account: string): string[] {
  const id = textOf(vpcOf(estate, vpcId, account)?.props.defaultSecurityGroupId);
  return id === undefined ? [] : [id];
}
