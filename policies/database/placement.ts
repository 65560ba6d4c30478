import { comesFrom } from "../stack/comes-from";
import { knownOf } from "../known-elements";
import type { StackResource, StackRule, StackVerdict } from "../rule";
import { isSet, isTrue } from "../values";
import { CLUSTER, CLUSTER_INSTANCE, INSTANCE, SUBNET_GROUP } from "./types";

const SUBNET = "aws:ec2/subnet:Subnet";

/** A database outlives one zone; asked of production only. */
export const rdsMultiAz: StackRule = {
  id: "rds-multi-az",
  title: "A production database runs in two zones",
  why: "Otherwise the data is out of reach as long as one data centre is",
  severity: "medium",
  level: "advisory",
  references: ["FSBP RDS.5", "FSBP RDS.15"],
  fix: "Write a second aws.rds.ClusterInstance in another availabilityZone, or multiAz: true",
  parameters: { production: { type: "boolean", default: false, about: "Whether this is a production stack" } },
  checkStack: (resources, verdict, { production }) => {
    if (production !== true) verdict.notApplicable("the setting production is not on");
    for (const resource of resources) {
      if (resource.type === INSTANCE) {
        verdict.part(() => {
          if (isTrue(resource.props["multiAz"]) || isSet(resource.props["replicateSourceDb"])) return;
          verdict.report("multiAz is not on", resource);
        });
      }
      if (resource.type === CLUSTER) verdict.part(() => twoZones(resource, resources, verdict));
    }
  },
};

function twoZones(cluster: StackResource, resources: readonly StackResource[], verdict: StackVerdict): void {
  if (isSet(cluster.props["dbClusterInstanceClass"])) return; // a Multi-AZ DB cluster: RDS itself makes three instances
  const instances = resources.filter(
    (each) => each.type === CLUSTER_INSTANCE && comesFrom(each, "clusterIdentifier", cluster, "clusterIdentifier"),
  );
  if (instances.length < 2) return verdict.report("The cluster has fewer than two instances", cluster);
  const zones = instances.map(({ props }) => props["availabilityZone"]);
  // Left out, RDS spreads them.
  if (zones.every((zone) => isSet(zone) && zone === zones[0]))
    verdict.report("The cluster's instances stand in one availabilityZone", cluster);
}

/** A subnet group spans two zones, all of it private. */
export const rdsSubnetAzs: StackRule = {
  id: "rds-subnet-azs",
  title: "A database's subnets are private, and in two zones",
  why: "RDS refuses a group in one zone, and a subnet with public addresses has a way out",
  severity: "high",
  level: "mandatory",
  references: ["FSBP RDS.46", "RDS user guide: Working with a DB instance in a VPC"],
  fix: "Write subnetIds with subnets of two availabilityZones without mapPublicIpOnLaunch",
  checkStack: (resources, verdict) => {
    const subnets = resources.filter(({ type }) => type === SUBNET);
    for (const group of resources.filter(({ type }) => type === SUBNET_GROUP)) {
      verdict.part(() => spans(group, subnets, verdict));
    }
  },
};

function spans(group: StackResource, all: readonly StackResource[], verdict: StackVerdict): void {
  const subnets = all.filter((subnet) => comesFrom(group, "subnetIds", subnet, "id"));
  for (const subnet of subnets) {
    verdict.part(() => {
      if (isTrue(subnet.props["mapPublicIpOnLaunch"])) verdict.report("mapPublicIpOnLaunch is on", subnet);
    });
  }
  const listed = group.props["subnetIds"];
  if (Array.isArray(listed) && listed.length < 2) return verdict.report("subnetIds names fewer than two", group);
  const { values, complete } = knownOf(
    subnets.map(
      ({ props }) =>
        () =>
          props["availabilityZone"] ?? props["availabilityZoneId"],
    ),
  );
  if (new Set(values.filter(isSet)).size >= 2) return;
  complete();
  // A subnet that is not of this program, or that leaves its zone to AWS, may be in another one.
  const open = subnets.length < (Array.isArray(listed) ? listed.length : 2) || !values.every(isSet);
  if (open) return verdict.undecided(`zones of ${group.name}`);
  verdict.report("subnetIds are all in one availabilityZone", group);
}
