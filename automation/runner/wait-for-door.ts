import type { ClusterOutputs, PlatformOutputs } from "../../infra/contract/outputs";
import type { ClusterView } from "../aws/rds";
import type { Clock } from "../core/clock";
import { SallyportError } from "../core/errors";
import { waitFor } from "../core/retry";
import type { NodeView } from "../aws/ssm";

/** The calls that tell whether a door answers. */
export interface DoorCalls {
  nodesByTag(key: string, value: string): Promise<NodeView[]>;
  nodeById(instanceId: string): Promise<NodeView | undefined>;
  isConnected(instanceId: string): Promise<boolean>;
  clustersByResourceId(resourceId: string): Promise<ClusterView[]>;
}

/** How long and how often; `timeoutMs` is `up --wait`. */
export interface DoorWait {
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

const INTERVAL_MS = 250;
const SLOWEST_INTERVAL_MS = 5_000;

/**
 * Waits until the bastion's control channel is open. `Online` alone is not enough: it is the heartbeat over `ssm`, and the
 * tunnel needs `ssmmessages`. Answers the instance that carries the door's tag.
 *
 * @throws SallyportError DOOR_TARGET_NOT_FOUND if nothing ever carried the tag, TUNNEL_TARGET_NOT_CONNECTED otherwise
 */
export async function waitForBastion(platform: PlatformOutputs, calls: DoorCalls, wait: DoorWait): Promise<string> {
  const { key, value } = platform.bastion.tag;
  let last: readonly NodeView[] = [];
  const found = await waitFor(async () => {
    last = await calls.nodesByTag(key, value);
    for (const node of last)
      if (node.pingStatus === "Online" && (await calls.isConnected(node.instanceId))) return node.instanceId;
    return undefined;
  }, pace(wait));
  if (found !== undefined) return found;
  const byId = last.length === 0 ? await calls.nodeById(platform.bastion.instanceId) : undefined;
  throw byId ? untagged(platform) : notConnected(platform, last, wait.timeoutMs);
}

/** Waits until RDS calls a cluster available. */
export async function waitForCluster(
  name: string,
  cluster: ClusterOutputs,
  calls: DoorCalls,
  wait: DoorWait,
): Promise<ClusterView> {
  let status = "unknown to RDS";
  const found = await waitFor(async () => {
    const [view] = await calls.clustersByResourceId(cluster.resourceId);
    status = view?.status ?? "unknown to RDS";
    return view?.status === "available" ? view : undefined;
  }, pace(wait));
  if (found) return found;
  throw new SallyportError("WAIT_TIMEOUT", {
    message: `Cluster ${name} is ${status} after ${seconds(wait.timeoutMs)}.`,
    likely: "A new cluster takes several minutes, a change of its instances too.",
  });
}

function pace(wait: DoorWait): { clock: Clock; timeoutMs: number; intervalMs: number; signal: AbortSignal } {
  const intervalMs = Math.min(SLOWEST_INTERVAL_MS, Math.max(INTERVAL_MS, wait.timeoutMs / 200));
  return { ...wait, intervalMs };
}

function notConnected(platform: PlatformOutputs, nodes: readonly NodeView[], timeoutMs: number): SallyportError {
  const { key, value } = platform.bastion.tag;
  const after = `after ${seconds(timeoutMs)}`;
  const values = { env: platform.environment, tag: `${key}=${value}`, instance: platform.bastion.instanceId };
  const online = nodes.find((node) => node.pingStatus === "Online");
  if (online) {
    return new SallyportError("TUNNEL_TARGET_NOT_CONNECTED", {
      message: `The bastion of ${platform.environment} is not connected to Session Manager ${after}.`,
      likely: `${online.instanceId} is online but has no control channel: the path to ssmmessages, or its role's ssmmessages permissions, is the usual cause.`,
      values,
    });
  }
  return new SallyportError("TUNNEL_TARGET_NOT_CONNECTED", {
    message: `No instance with the tag ${key}=${value} is registered with Session Manager ${after}.`,
    likely: `${platform.bastion.instanceId} never sent a heartbeat: the path to ssm (endpoint, private DNS, security groups), its role, its image, or its tag is the usual cause.`,
    values,
  });
}

function untagged(platform: PlatformOutputs): SallyportError {
  const { key, value } = platform.bastion.tag;
  return new SallyportError("DOOR_TARGET_NOT_FOUND", {
    message: `No instance carries the tag ${key}=${value}.`,
    likely: `${platform.bastion.instanceId} is registered with Session Manager, but without this tag nobody can find it or is allowed to open a session on it.`,
    values: { env: platform.environment, tag: key, value },
  });
}

function seconds(ms: number): string {
  return `${Math.round(ms / 1000)} s`;
}
