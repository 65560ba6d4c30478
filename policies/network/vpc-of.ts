import type { StackResource } from "../rule";

const VPCS = ["aws:ec2/vpc:Vpc", "aws:ec2/defaultVpc:DefaultVpc"];
/** Properties that lead to a VPC, step by step: an instance by its subnet or group, a subnet or endpoint by itself. */
const STEPS = [
  "vpcId",
  "subnetId",
  "subnetIds",
  "vpcZoneIdentifiers",
  "vpcSecurityGroupIds",
  "securityGroupIds",
  "networkInterfaces",
] as const;

/**
 * The VPCs that a resource stands in: URNs of the program's own, ids of those that are given. Follows where property values come
 * from, which is known before any id is.
 */
export function vpcsOf(resource: StackResource, seen: ReadonlySet<string> = new Set()): string[] {
  if (seen.has(resource.urn)) return [];
  if (VPCS.includes(resource.type)) return [resource.urn];
  const before = new Set(seen).add(resource.urn);
  for (const step of STEPS) {
    const origins = resource.propertyDependencies[step] ?? [];
    const found = origins.flatMap((origin) => vpcsOf(origin, before));
    if (found.length > 0) return [...new Set(found)];
    // A value from nowhere is a literal, and known.
    if (step === "vpcId" && origins.length === 0) {
      const given = resource.props[step];
      if (typeof given === "string" && given !== "") return [given];
    }
  }
  return [];
}
