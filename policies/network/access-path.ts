import { CLUSTER, INSTANCE, PROXY } from "../database/types";
import type { StackResource, StackVerdict } from "../rule";
import { bastionsOf } from "./bastions";
import { linksOf, type Links } from "./links";
import { vpcsOf } from "./vpc-of";

const SUBNETS = ["aws:ec2/subnet:Subnet", "aws:ec2/defaultSubnet:DefaultSubnet"];
/** RDS proxies have a second door in `ProxyEndpoint`; both wear groups as a database does. */
const DATABASES = [CLUSTER, INSTANCE, PROXY, "aws:rds/proxyEndpoint:ProxyEndpoint"];
/** Properties that lead to a subnet, step by step. */
const STEPS = [
  "subnetId",
  "subnetIds",
  "vpcZoneIdentifiers",
  "dbSubnetGroupName",
  "vpcSubnetIds",
  "networkInterfaces",
  "primaryNetworkInterface",
  "launchTemplate",
];

/** What stands between a person and the data: the rules of this folder look at nothing else of a program. */
export interface AccessPath {
  readonly bastions: readonly StackResource[];
  /** Clusters, instances without cluster, and RDS proxies. */
  readonly databases: readonly StackResource[];
  /** Subnets of the program in which they stand. */
  readonly subnets: readonly StackResource[];
  /** VPCs in which they stand: URNs of the program's own, ids of given ones. */
  readonly vpcs: readonly string[];
  readonly links: Links;
}

/**
 * Finds bastions and databases, and their subnets and VPCs. One whose subnets the program does not tell is said, by name, where
 * `asked` wants them.
 */
export function accessPathOf(
  resources: readonly StackResource[],
  verdict: Pick<StackVerdict, "part" | "undecided">,
  asked?: "subnets" | "vpcs",
): AccessPath {
  const links = linksOf(resources);
  const bastions = bastionsOf(resources, verdict);
  const databases = databasesOf(resources);
  const subnets = new Map<string, StackResource>();
  const vpcs = new Set<string>();
  for (const each of [...bastions, ...databases]) {
    verdict.part(() => {
      const own = subnetsOf(each, links);
      own.forEach((subnet) => subnets.set(subnet.urn, subnet));
      const around = vpcsOf(each, links);
      around.forEach((vpc) => vpcs.add(vpc));
      if (asked === "subnets" && own.length === 0) verdict.undecided(`subnet of ${each.name}`);
      if (asked === "vpcs" && around.length === 0) verdict.undecided(`vpc of ${each.name}`);
    });
  }
  return { bastions, databases, subnets: [...subnets.values()], vpcs: [...vpcs], links };
}

/** The databases of a stack, with the proxies of RDS, which log in for others. */
export function databasesOf(resources: readonly StackResource[]): StackResource[] {
  return resources.filter(({ type }) => DATABASES.includes(type));
}

/** The subnets of the program that a resource stands in. */
function subnetsOf(resource: StackResource, links: Links, seen: ReadonlySet<string> = new Set()): StackResource[] {
  if (seen.has(resource.urn)) return [];
  if (SUBNETS.includes(resource.type)) return [resource];
  const before = new Set(seen).add(resource.urn);
  return STEPS.flatMap((step) => links(resource, step).flatMap((origin) => subnetsOf(origin, links, before)));
}
