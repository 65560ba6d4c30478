import type { StackResource } from "../rule";
import type { Links } from "./links";
import { written } from "./written";

const VPCS = ["aws:ec2/vpc:Vpc", "aws:ec2/defaultVpc:DefaultVpc"];
/** Properties that lead to a VPC, step by step: an instance by its subnet or group, a database by its subnet group. */
const STEPS = [
  "vpcId",
  "subnetId",
  "subnetIds",
  "vpcZoneIdentifiers",
  "vpcSecurityGroupIds",
  "securityGroupIds",
  "securityGroups",
  "networkInterfaces",
  "primaryNetworkInterface",
  "launchTemplate",
  "dbSubnetGroupName",
  "vpcSubnetIds",
  "clusterIdentifier",
] as const;

const BY_RECORD: Links = ({ propertyDependencies }, property) => propertyDependencies[property] ?? [];

/**
 * The VPCs that a resource stands in: URNs of the program's own, ids of those that are given. Follows where property values come
 * from, which is known before any id is; `links` may follow known ids too.
 */
export function vpcsOf(
  resource: StackResource,
  links: Links = BY_RECORD,
  seen: ReadonlySet<string> = new Set(),
): string[] {
  if (seen.has(resource.urn)) return [];
  if (VPCS.includes(resource.type)) return [resource.urn];
  const before = new Set(seen).add(resource.urn);
  for (const step of STEPS) {
    const origins = links(resource, step);
    const found = origins.flatMap((origin) => vpcsOf(origin, links, before));
    if (found.length > 0) return [...new Set(found)];
    // A value from nowhere is a literal, and known.
    if (step === "vpcId" && origins.length === 0) {
      const given = written(resource, step);
      if (typeof given === "string" && given !== "") return [given];
    }
  }
  return [];
}
