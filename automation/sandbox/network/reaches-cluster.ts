import type { CloudObject, Estate } from "../account/estate";
import { clusterInterface, instanceInterface, vpcOf } from "./interfaces";
import { passes } from "./security-path";
import { timesOut, type Verdict } from "./verdict";

const CLUSTER = "aws:rds/cluster:Cluster";
const MEMBER = "aws:rds/clusterInstance:ClusterInstance";

/** The cluster behind an endpoint name: writer, reader or one member's own. Names are told apart without case, as in DNS. */
export function clusterByHost(estate: Estate, host: string): CloudObject | undefined {
  const wanted = host.toLowerCase().replace(/\.$/, "");
  const cluster = estate
    .list(CLUSTER)
    .find((one) => one.props.endpoint === wanted || one.props.readerEndpoint === wanted);
  if (cluster) return cluster;
  const member = estate.list(MEMBER).find((one) => one.props.endpoint === wanted);
  return (
    member &&
    estate
      .list(CLUSTER, member.account, member.region)
      .find((one) => one.props.clusterIdentifier === member.props.clusterIdentifier)
  );
}

/**
 * Why a cluster's endpoint name does not resolve from an instance (aws-simulator B4); undefined if it does. An instance without a
 * network is no matter of names.
 */
export function nameProblem(estate: Estate, instance: CloudObject, host: string): string | undefined {
  const own = instanceInterface(estate, instance);
  if (own && vpcOf(estate, own.vpcId, instance.account)?.props.enableDnsSupport !== true) {
    return `enableDnsSupport of ${own.vpcId} is off: no name resolves`;
  }
  const cluster = clusterByHost(estate, host);
  if (!cluster) return `no cluster has the endpoint ${host}`;
  return clusterInterface(estate, cluster) ? undefined : `${cluster.id} has no network interface yet`;
}

/**
 * Whether an instance's packets arrive at the address behind a cluster's endpoint, however the name was found: both are in one VPC,
 * the instance's groups let the port out and the cluster's let it in. Whether something answers there is not asked.
 */
export function reachesCluster(estate: Estate, instance: CloudObject, host: string, port: number): Verdict {
  const own = instanceInterface(estate, instance);
  if (!own) return timesOut(`${instance.id} has no network interface`);
  const cluster = clusterByHost(estate, host);
  const to = cluster && clusterInterface(estate, cluster);
  if (!to) return timesOut(`nobody has the address that ${host} had`);
  return passes(estate, { account: instance.account, from: own, to, port, toName: `the cluster ${cluster.id}` });
}
