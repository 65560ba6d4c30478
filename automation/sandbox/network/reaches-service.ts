import type { CloudObject, Estate } from "../account/estate";
import { endpointInterface, instanceInterface, vpcOf } from "./interfaces";
import { textOf } from "./read-props";
import { passes } from "./security-path";
import { noName, timesOut, type Verdict } from "./verdict";

/** What the agent talks to: registration and heartbeat, and its channels. */
export type AgentService = "ssm" | "ssmmessages";

/** A way to a service, and the endpoint that its calls pass (whose policy then decides too). */
export type ServicePath = { readonly ok: true; readonly endpoint: CloudObject } | (Verdict & { readonly ok: false });

const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
const HTTPS = 443;

/**
 * Whether an instance reaches a service over its VPC's interface endpoint (aws-simulator E1, E4, E5, B1): both DNS attributes
 * now, private DNS on an available interface endpoint of the service, and tcp 443 through both security groups. There is no other
 * way: the sandbox's account has no internet gateway, so the public address of a name that private DNS does not answer is silent.
 */
export function reachesService(estate: Estate, instance: CloudObject, service: AgentService): ServicePath {
  const own = instanceInterface(estate, instance);
  if (!own) return timesOut(`${instance.id} has no network interface`);
  const vpc = vpcOf(estate, own.vpcId, instance.account);
  if (vpc?.props.enableDnsSupport !== true) return noName(`enableDnsSupport of ${own.vpcId} is off: no name resolves`);
  const name = `com.amazonaws.${instance.region}.${service}`;
  const endpoints = estate
    .list(ENDPOINT, instance.account, instance.region)
    .filter(
      (one) =>
        one.props.vpcId === own.vpcId && one.props.serviceName === name && one.props.vpcEndpointType === "Interface",
    );
  if (endpoints.length === 0)
    return timesOut(`there is no interface endpoint ${service} in ${own.vpcId}, and no internet route`);
  const named = endpoints.find((one) => one.props.privateDnsEnabled === true);
  if (!named) return timesOut(`the endpoint ${service} has no private DNS: the name leads to the internet`);
  if (vpc.props.enableDnsHostnames !== true)
    return timesOut(`enableDnsHostnames of ${own.vpcId} is off: private DNS does not answer`);
  const state = textOf(named.props.state);
  if (state !== "available") return timesOut(`the endpoint ${service} is ${state ?? "not there yet"}`);
  const to = endpointInterface(estate, named);
  if (!to) return timesOut(`the endpoint ${service} has no network interface`);
  const verdict = passes(estate, {
    account: instance.account,
    from: own,
    to,
    port: HTTPS,
    toName: `the endpoint ${service}`,
  });
  return verdict.ok ? { ok: true, endpoint: named } : verdict;
}
