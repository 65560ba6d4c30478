import type { CloudObject, Estate, IssuedKey, Principal } from "../account/estate";
import type { Agents, ClusterRuntime, NodeState } from "../account/ports";
import { textOf } from "../network/read-props";
import { agentReasons, type AuthorizeAgent } from "./agent-conditions";
import { dialFrom } from "./dial";
import { resolveFrom } from "./resolve";

/** A current agent: 3.1.1374.0 is the first that forwards to remote hosts, 3.3.40.0 the first without ec2messages. */
export const AGENT_VERSION = "3.3.1611.0";

/** AWS's own delays after an instance starts, milliseconds of work time: first heartbeat, then the control channel. */
export const ONLINE_AFTER_MS = 60_000;
export const CONNECTED_AFTER_MS = 75_000;

/** What the agents of an estate need. */
export interface AgentsOptions {
  readonly estate: Estate;
  readonly authorize: AuthorizeAgent;
  readonly clusters: ClusterRuntime;
  readonly hasAgent: (imageId: string) => boolean;
  /** What the instance metadata service does: credentials of the role for this instance. */
  readonly issueInstanceCredentials: (instance: CloudObject, role: CloudObject) => IssuedKey;
}

/**
 * The agents of an estate. A state is a function of the account as it is and of work time since the instance was created: asking
 * often makes nothing happen sooner, and a removed rule shows at the next question.
 */
export function makeAgents({ estate, authorize, clusters, hasAgent, issueInstanceCredentials }: AgentsOptions): Agents {
  const held = new Map<string, { readonly roleId: string; readonly key: IssuedKey }>();
  const principalOf = (instance: CloudObject, role: CloudObject): Principal => {
    const roleId = `${role.id} ${textOf(role.props.uniqueId) ?? ""}`;
    const present = held.get(instance.id);
    if (present?.roleId === roleId && present.key.expiresAt > estate.clocks.wall()) return present.key.principal;
    const key = issueInstanceCredentials(instance, role);
    held.set(instance.id, { roleId, key });
    return key.principal;
  };
  return {
    state: (instance) =>
      stateOf(estate, instance, agentReasons(estate, instance, { authorize, hasAgent, principalOf })),
    resolve: (instance, host, port) => resolveFrom(estate, clusters, instance, host, port),
    dial: (instance, destination, signal) => dialFrom(estate, clusters, instance, destination, signal),
  };
}

function stateOf(
  estate: Estate,
  instance: CloudObject,
  { heartbeat, channel }: ReturnType<typeof agentReasons>,
): NodeState {
  const age = estate.clocks.work() - instance.createdAt;
  const online = heartbeat.length === 0 && age >= ONLINE_AFTER_MS;
  const waiting = age < CONNECTED_AFTER_MS ? [`the agent started ${Math.floor(age / 1000)} s of AWS's time ago`] : [];
  return {
    online,
    connected: online && channel.length === 0 && age >= CONNECTED_AFTER_MS,
    reasons: [...heartbeat, ...channel, ...waiting],
    agentVersion: AGENT_VERSION,
  };
}
