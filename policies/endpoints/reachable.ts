import type { ResourceRule } from "../rule";
import { elements, isTrue, textOf } from "../values";
import { ENDPOINT, isLookedAt, SERVICES } from "./session-endpoints";

/** The service's own name leads to the endpoint. */
export const vpcePrivateDns: ResourceRule = {
  id: "vpce-private-dns",
  title: "An interface endpoint of Session Manager has private DNS",
  why: "Left out, the agent resolves public addresses, which it cannot reach",
  severity: "medium",
  level: "mandatory",
  references: ["Systems Manager user guide: Create VPC endpoints"],
  fix: "Write privateDnsEnabled: true; for endpoints behind a hosted zone of your own leave the service out of the setting services",
  parameters: { services: SERVICES },
  types: [ENDPOINT],
  check: ({ props }, { report }, settings) => {
    const enabled = (): boolean => isTrue(props["privateDnsEnabled"]);
    if (isLookedAt(props, settings) && !enabled()) report("privateDnsEnabled is not on");
  },
};

/** An endpoint has groups of its own. */
export const vpceSgExplicit: ResourceRule = {
  id: "vpce-sg-explicit",
  title: "An interface endpoint of Session Manager names its security groups",
  why: "Left out, it wears the default group, which may admit everything or nothing",
  severity: "medium",
  level: "mandatory",
  references: ["FSBP EC2.2"],
  fix: "Write securityGroupIds with a group that admits the bastion's on 443",
  parameters: { services: SERVICES },
  types: [ENDPOINT],
  check: ({ props }, { report }, settings) => {
    if (isLookedAt(props, settings) && elements(props["securityGroupIds"]).length === 0)
      report("securityGroupIds is missing");
  },
};

/** No endpoint that nobody needs. */
export const vpceNoEc2messages: ResourceRule = {
  id: "vpce-no-ec2messages",
  title: "There is no endpoint for ec2messages",
  why: "Agents from 3.3.40 on speak to ssmmessages alone; it costs by the hour and is a door more",
  severity: "low",
  level: "advisory",
  references: ["Systems Manager user guide: ec2messages, ssmmessages, and other API operations"],
  fix: "Delete it, or write the setting legacyAgents",
  parameters: {
    legacyAgents: { type: "boolean", default: false, about: "Whether agents older than 3.3.40 use the endpoint" },
  },
  types: [ENDPOINT],
  check: ({ props }, { report }, { legacyAgents }) => {
    if (!isTrue(legacyAgents) && textOf(props["serviceName"]).split(".").at(-1) === "ec2messages")
      report("serviceName is ec2messages");
  },
};
