import type { ClusterView, Rds } from "../aws/rds";
import type { NodeView, Ssm } from "../aws/ssm";
import { awsErrorName } from "../aws/translate-error";
import { SallyportError } from "../core/errors";
import type { DoorTarget } from "./door-target";

/** The calls that a door is checked with, under the caller's own credentials. */
export interface DoorCalls {
  readonly rds: Pick<Rds, "clustersByResourceId">;
  readonly ssm: Pick<
    Ssm,
    "describeDocument" | "nodesByTag" | "isConnected" | "startSession" | "resumeSession" | "terminateSession"
  >;
}

/** A door as AWS confirms it. */
export interface ResolvedDoor {
  readonly instanceId: string;
  readonly documentName: string;
  /** The endpoint's real host name: what the certificate and the token are for. */
  readonly host: string;
  readonly port: number;
  readonly cluster: ClusterView;
}

/**
 * Asks AWS where the door really is. The target says what to look for, never where to connect: a mismatch is refused, because
 * every RDS instance has a certificate of the same authority.
 *
 * Errors: DOOR_MISMATCH, DOOR_TARGET_NOT_FOUND, TUNNEL_TARGET_NOT_CONNECTED, AUTH_FORBIDDEN in AWS's words.
 */
export async function resolveDoor(target: DoorTarget, calls: DoorCalls): Promise<ResolvedDoor> {
  const cluster = await findCluster(target, calls.rds);
  await checkDocument(target, calls.ssm);
  const node = await findNode(target, calls.ssm);
  const host = target.endpoint === "reader" ? cluster.readerEndpoint : cluster.endpoint;
  return { instanceId: node.instanceId, documentName: target.document.name, host, port: cluster.port, cluster };
}

async function findCluster(target: DoorTarget, rds: Pick<Rds, "clustersByResourceId">): Promise<ClusterView> {
  const { name, resourceId, port } = target.cluster;
  const [cluster] = await rds.clustersByResourceId(resourceId);
  if (!cluster)
    throw mismatch(
      target,
      `cluster ${name}: AWS knows no ${resourceId} in account ${target.account}, ${target.region}`,
    );
  const [, , , region = "", account = ""] = cluster.arn.split(":");
  if (account !== target.account || region !== target.region) {
    throw mismatch(
      target,
      `cluster ${name}: ${resourceId} is in account ${account}, ${region}, not in ${target.account}, ${target.region}`,
    );
  }
  if (cluster.port !== port)
    throw mismatch(target, `cluster ${name}: it listens on port ${cluster.port}, not on ${port}`);
  if (cluster.endpoint === "") throw mismatch(target, `cluster ${name}: AWS names no endpoint of ${resourceId}`);
  return cluster;
}

async function checkDocument(target: DoorTarget, ssm: Pick<Ssm, "describeDocument">): Promise<void> {
  const { name, hash } = target.document;
  try {
    const document = await ssm.describeDocument(name);
    if (hash !== undefined && document.hash !== hash) {
      throw mismatch(
        target,
        `session document ${name}: its content has hash ${document.hash.slice(0, 12)}…, not ${hash.slice(0, 12)}…`,
      );
    }
  } catch (thrown) {
    if (thrown instanceof SallyportError && awsErrorName(thrown.cause) === "InvalidDocument") {
      throw mismatch(target, `session document ${name}: AWS knows none of that name`, thrown);
    }
    throw thrown;
  }
}

/** The first node with the door's tag whose control channel is open. */
async function findNode(target: DoorTarget, ssm: Pick<Ssm, "nodesByTag" | "isConnected">): Promise<NodeView> {
  const { key, value } = target.tag;
  const nodes = await ssm.nodesByTag(key, value);
  for (const node of nodes) if (await ssm.isConnected(node.instanceId)) return node;
  const [node] = nodes;
  if (!node) {
    throw new SallyportError("DOOR_TARGET_NOT_FOUND", {
      message: `No instance in account ${target.account}, ${target.region} carries the tag ${key} = ${value}.`,
      likely: "The bastion is gone, was never registered with Systems Manager, or lost its tag.",
      values: { env: target.env, tag: key, value },
    });
  }
  throw new SallyportError("TUNNEL_TARGET_NOT_CONNECTED", {
    message: `The bastion of ${target.env} is not connected to Session Manager.`,
    likely:
      node.pingStatus === "Online"
        ? `${node.instanceId} is online but has no control channel: the path to ssmmessages is the usual cause.`
        : `${node.instanceId} is ${node.pingStatus || "unknown to Systems Manager"}: it is stopped, or its path to ssm is closed.`,
    values: { instance: node.instanceId },
  });
}

function mismatch(target: DoorTarget, what: string, cause?: unknown): SallyportError {
  return new SallyportError("DOOR_MISMATCH", {
    message: `The door of ${target.environment} is not what it should be. ${what.charAt(0).toUpperCase()}${what.slice(1)}.`,
    likely: "It was rebuilt a moment ago, or somebody changed it by hand.",
    ...(cause === undefined ? {} : { cause }),
  });
}
