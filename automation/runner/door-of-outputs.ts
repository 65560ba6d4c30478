import type { PlatformOutputs } from "../../infra/contract/outputs";
import type { DoorTarget } from "../door/door-target";
import { SallyportError } from "../core/errors";

/** The door of one cluster, from what the platform stack has just said: no portal, no descriptor. AWS is asked all the same. */
export function doorOfOutputs(platform: PlatformOutputs, clusterName: string): DoorTarget {
  const cluster = platform.clusters[clusterName];
  if (!cluster)
    throw new SallyportError("TARGET_UNKNOWN", {
      message: `The platform of ${platform.environment} has no cluster "${clusterName}".`,
    });
  return {
    environment: `${platform.estate}/${platform.environment}`,
    env: platform.environment,
    account: platform.account,
    region: platform.region,
    tag: platform.bastion.tag,
    cluster: { name: clusterName, resourceId: cluster.resourceId, port: cluster.port },
    endpoint: "writer",
    document: { name: cluster.documents.writer },
  };
}
