import { rdsMultiAz, rdsSubnetAzs } from "../../../../policies/database/placement";
import { UNKNOWN } from "../run-rule";
import type { StackSample } from "./estate";
import type { StackRuleCases } from "./stack-rule-cases";

type Values = Record<string, unknown>;

const CLUSTER: StackSample = {
  type: "aws:rds/cluster:Cluster",
  name: "orders",
  props: { clusterIdentifier: "orders" },
};
const member = (name: string, zone?: string): StackSample => ({
  type: "aws:rds/clusterInstance:ClusterInstance",
  name,
  props: { clusterIdentifier: UNKNOWN, ...(zone === undefined ? {} : { availabilityZone: zone }) },
  from: { clusterIdentifier: ["orders"] },
});
const instance = (props: Values): StackSample => ({ type: "aws:rds/instance:Instance", name: "reports", props });
const subnet = (name: string, zone: unknown, more: Values = {}): StackSample => ({
  type: "aws:ec2/subnet:Subnet",
  name,
  props: { id: UNKNOWN, availabilityZone: zone, ...more },
});
const group = (...names: string[]): StackSample => ({
  type: "aws:rds/subnetGroup:SubnetGroup",
  name: "group",
  props: { subnetIds: names.map(() => UNKNOWN) },
  from: { subnetIds: names },
});
const production = { production: true };

export const DATABASE_STACK_CASES: readonly StackRuleCases[] = [
  {
    rule: rdsMultiAz,
    ok: [
      { title: "two instances, spread by RDS", resources: [CLUSTER, member("a"), member("b")], settings: production },
      { title: "two zones", resources: [CLUSTER, member("a", "1a"), member("b", "1b")], settings: production },
      { title: "an instance in two zones", resources: [instance({ multiAz: true })], settings: production },
      { title: "a replica", resources: [instance({ replicateSourceDb: "orders" })], settings: production },
      {
        title: "a cluster whose instances RDS makes",
        resources: [{ ...CLUSTER, props: { dbClusterInstanceClass: "db.m6gd.large" } }],
        settings: production,
      },
      {
        title: "instances that name the cluster by text",
        resources: [
          CLUSTER,
          ...["a", "b"].map((name) => ({ ...member(name), props: { clusterIdentifier: "orders" }, from: {} })),
        ],
        settings: production,
      },
    ],
    bad: [
      {
        title: "one instance",
        resources: [CLUSTER, member("a")],
        settings: production,
        found: ["orders: The cluster has fewer than two instances"],
      },
      {
        title: "instances of another cluster",
        resources: [
          CLUSTER,
          { ...CLUSTER, name: "other" },
          member("a"),
          { ...member("b"), from: { clusterIdentifier: ["other"] } },
        ],
        settings: production,
        found: ["orders: The cluster has fewer than two instances", "other: The cluster has fewer than two instances"],
      },
      {
        title: "two in one zone",
        resources: [CLUSTER, member("a", "1a"), member("b", "1a")],
        settings: production,
        found: ["orders: The cluster's instances stand in one availabilityZone"],
      },
      { title: "an instance", resources: [instance({})], settings: production, found: ["reports: multiAz is not on"] },
    ],
    unknown: [
      {
        title: "a zone",
        resources: [CLUSTER, member("a", "1a"), member("b", UNKNOWN)],
        settings: production,
        open: ["availabilityZone"],
      },
      { title: "the switch", resources: [instance({ multiAz: UNKNOWN })], settings: production, open: ["multiAz"] },
    ],
    notApplicable: [{ title: "a stack that is not for production", resources: [CLUSTER] }],
  },
  {
    rule: rdsSubnetAzs,
    ok: [
      { title: "two zones", resources: [subnet("a", "1a"), subnet("b", "1b"), group("a", "b")] },
      {
        title: "two of three are known",
        resources: [subnet("a", "1a"), subnet("b", "1b"), subnet("c", UNKNOWN), group("a", "b", "c")],
      },
      {
        title: "subnets named by text",
        resources: [
          subnet("a", "1a", { id: "subnet-a" }),
          subnet("b", "1b", { id: "subnet-b" }),
          { ...group(), props: { subnetIds: ["subnet-a", "subnet-b"] } },
        ],
      },
      { title: "a public subnet that no database uses", resources: [subnet("a", "1a", { mapPublicIpOnLaunch: true })] },
    ],
    bad: [
      {
        title: "one subnet",
        resources: [subnet("a", "1a"), group("a")],
        found: ["group: subnetIds names fewer than two"],
      },
      {
        title: "one zone",
        resources: [subnet("a", "1a"), subnet("b", "1a"), group("a", "b")],
        found: ["group: subnetIds are all in one availabilityZone"],
      },
      {
        title: "a public one",
        resources: [subnet("a", "1a", { mapPublicIpOnLaunch: true }), subnet("b", "1b"), group("a", "b")],
        found: ["a: mapPublicIpOnLaunch is on"],
      },
    ],
    unknown: [
      {
        title: "a zone",
        resources: [subnet("a", "1a"), subnet("b", UNKNOWN), group("a", "b")],
        open: ["availabilityZone"],
      },
      {
        title: "subnets of another program",
        resources: [{ ...group(), props: { subnetIds: ["subnet-a", "subnet-b"] } }],
        open: ["zones of group"],
      },
      {
        title: "zones left to AWS",
        resources: [subnet("a", undefined), subnet("b", undefined), group("a", "b")],
        open: ["zones of group"],
      },
      {
        title: "whether a subnet is public: the zones are decided",
        resources: [subnet("a", "1a", { mapPublicIpOnLaunch: UNKNOWN }), subnet("b", "1a"), group("a", "b")],
        open: ["mapPublicIpOnLaunch"],
        found: ["group: subnetIds are all in one availabilityZone"],
      },
    ],
  },
];
