import { formatCidr, parseCidr, partOf } from "../contract/cidr";

/** One subnet to be. */
export interface SubnetPlan {
  /** `access-a`, `data-b`. */
  readonly name: string;
  readonly cidr: string;
  /** Index of the availability zone among the region's. */
  readonly zone: number;
}

/** The subnets of a network: access (bastion and endpoints) and data (clusters), one of each per zone. */
export interface NetworkPlan {
  readonly access: readonly SubnetPlan[];
  readonly data: readonly SubnetPlan[];
}

/** A network falls into eight parts: four for access, four for data. */
const PART_BITS = 3;
const FIRST_DATA_PART = 4;

/**
 * Plans the subnets. Parts are fixed per kind and zone, so that a third zone later moves none of the others.
 *
 * @param cidr a valid network of at most /25 (the contract has checked it).
 * @example planSubnets("10.40.0.0/24", 2).data[1] // {name: "data-b", cidr: "10.40.0.160/27", zone: 1}
 */
export function planSubnets(cidr: string, zones: 2 | 3): NetworkPlan {
  const network = parseCidr(cidr);
  if (network === undefined) throw new Error(`the network ${cidr} is not valid`);
  const indexes = Array.from({ length: zones }, (_, index) => index);
  const part = (index: number): string => formatCidr(partOf(network, PART_BITS, index));
  return {
    access: indexes.map((index) => ({ name: `access-${letter(index)}`, cidr: part(index), zone: index })),
    data: indexes.map((index) => ({ name: `data-${letter(index)}`, cidr: part(FIRST_DATA_PART + index), zone: index })),
  };
}

function letter(index: number): string {
  return String.fromCharCode(97 + index);
}
