import type { Parameter, Properties, Settings } from "../rule";
import { isSessionService, SESSION_SERVICES } from "../security-groups/worn";

export const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";

/** Setting of the rules about endpoints: those of an estate that has other endpoints too. */
export const SERVICES: Parameter = {
  type: "strings",
  default: SESSION_SERVICES,
  about: "Last parts of the service names that the rule looks at",
};

/** Whether an endpoint is an interface endpoint of one of the services; left out, the type is Gateway. */
export function isLookedAt(props: Properties, { services }: Settings): boolean {
  return (
    props["vpcEndpointType"] === "Interface" && isSessionService(props["serviceName"], services as readonly string[])
  );
}
