import { arn } from "../account/arn";
import type { CloudObject, Estate, Principal } from "../account/estate";
import { instanceInterface } from "../network/interfaces";
import { reachesService, type AgentService } from "../network/reaches-service";
import { blockOf, textOf } from "../network/read-props";
import { roleOfInstance } from "./instance-role";

/** A call of the agent, as the account sees it: who, what, and the policy of the endpoint that it passes. */
export interface AgentCall {
  readonly principal: Principal;
  readonly action: string;
  readonly resource: string;
  readonly region: string;
  /** The endpoint's policy, JSON; `undefined` = the full-access default. */
  readonly endpointPolicy: string | undefined;
  /** The VPC and endpoint that the call comes through: `aws:SourceVpc`, `aws:SourceVpce`, `ec2:SourceInstanceARN`. */
  readonly context: Readonly<Record<string, string>>;
}

/** Decides a call by identity policies and endpoint policy; `allowed` needs both. */
export type AuthorizeAgent = (call: AgentCall) => { readonly allowed: boolean; readonly reason: string };

/** What an agent's state depends on, beside the estate. */
export interface AgentSurroundings {
  readonly authorize: AuthorizeAgent;
  /** Whether an image has the agent installed. */
  readonly hasAgent: (imageId: string) => boolean;
  /** Who the agent speaks as, with credentials for this role. */
  readonly principalOf: (instance: CloudObject, role: CloudObject) => Principal;
}

/** What keeps an agent from its heartbeat, and from its control channel; both empty = nothing. */
export interface AgentReasons {
  readonly heartbeat: readonly string[];
  readonly channel: readonly string[];
}

/** The four actions of the control and data channels (Systems Manager user guide, "Reference: ec2messages, ssmmessages"). */
export const CHANNEL_ACTIONS = [
  "ssmmessages:CreateControlChannel",
  "ssmmessages:OpenControlChannel",
  "ssmmessages:CreateDataChannel",
  "ssmmessages:OpenDataChannel",
] as const;
const HEARTBEAT_ACTIONS = ["ssm:UpdateInstanceInformation"] as const;

/**
 * What keeps an agent silent now (aws-simulator B1, split as B2 says): computed from the account's state, never remembered.
 * The agent registers over `ssm` first; the channel needs `ssmmessages` beside it.
 */
export function agentReasons(estate: Estate, instance: CloudObject, surroundings: AgentSurroundings): AgentReasons {
  const machine = machineReasons(instance, surroundings);
  const found = roleOfInstance(estate, instance);
  if ("reason" in found) return { heartbeat: [...machine, found.reason], channel: [] };
  const principal = surroundings.principalOf(instance, found.role);
  const reasons = (service: AgentService, actions: readonly string[]) =>
    serviceReasons(estate, instance, principal, service, actions, surroundings.authorize);
  return {
    heartbeat: [...machine, ...reasons("ssm", HEARTBEAT_ACTIONS)],
    channel: reasons("ssmmessages", CHANNEL_ACTIONS),
  };
}

function machineReasons(instance: CloudObject, { hasAgent }: AgentSurroundings): string[] {
  const state = textOf(instance.props.instanceState) ?? "pending";
  const image = textOf(instance.props.ami) ?? "none";
  return [
    ...(state === "running" ? [] : [`the instance is ${state}`]),
    ...(blockOf(instance.props.metadataOptions).httpEndpoint === "disabled"
      ? ["the metadata service is off: the agent gets no credentials"]
      : []),
    ...(hasAgent(image) ? [] : [`the image ${image} has no agent`]),
  ];
}

function serviceReasons(
  estate: Estate,
  instance: CloudObject,
  principal: Principal,
  service: AgentService,
  actions: readonly string[],
  authorize: AuthorizeAgent,
): string[] {
  const path = reachesService(estate, instance, service);
  if (!path.ok) return [path.reason];
  const own = arn("ec2", instance.region, instance.account, `instance/${instance.id}`);
  const vpcId = instanceInterface(estate, instance)?.vpcId ?? "";
  const context = { "aws:SourceVpc": vpcId, "aws:SourceVpce": path.endpoint.id, "ec2:SourceInstanceARN": own };
  const call = { principal, region: instance.region, endpointPolicy: textOf(path.endpoint.props.policy), context };
  // ssm:UpdateInstanceInformation is about the instance; the channel actions have no resource type.
  const resource = service === "ssm" ? own : "*";
  return actions.flatMap((action) => {
    const decision = authorize({ ...call, action, resource });
    return decision.allowed ? [] : [`${action}: ${decision.reason}`];
  });
}
