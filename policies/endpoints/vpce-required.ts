import type { StackResource, StackRule, StackVerdict } from "../rule";
import { bastionsOf } from "../network/bastions";
import { linksOf, type Links } from "../network/links";
import { vpcsOf } from "../network/vpc-of";

const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
/** Systems Manager user guide, "Create VPC endpoints"; `ec2messages` is for agents older than 3.3.40. */
const SERVICES = ["ssm", "ssmmessages"] as const;

/** A bastion without internet reaches Session Manager by endpoints of its own VPC. */
export const vpceRequired: StackRule = {
  id: "vpce-required",
  title: "The VPC of a bastion has interface endpoints for ssm and ssmmessages",
  why: "Without them the agent reaches Session Manager over the internet or not at all",
  severity: "high",
  level: "mandatory",
  references: ["FSBP EC2.57", "FSBP EC2.58"],
  fix: 'Write an aws.ec2.VpcEndpoint with vpcEndpointType "Interface", serviceName "com.amazonaws.<region>.<service>" and the vpcId of the bastion\'s subnet, or name the service in the setting central',
  parameters: {
    central: {
      type: "strings",
      default: [],
      about: 'Services whose endpoints stand elsewhere, e.g. ["ssm", "ssmmessages"] in a VPC for all',
    },
  },
  checkStack: (resources, verdict, { central }) => {
    const wanted = SERVICES.filter((service) => !(central as readonly string[]).includes(service));
    const links = linksOf(resources);
    if (wanted.length === 0) return;
    const endpoints = resources.filter(({ type }) => type === ENDPOINT);
    for (const bastion of bastionsOf(resources, verdict)) {
      verdict.part(() => {
        const vpcs = vpcsOf(bastion, links);
        if (vpcs.length === 0) return verdict.undecided(`vpc of ${bastion.name}`);
        for (const service of wanted) required(service, bastion, vpcs, endpoints, links, verdict);
      });
    }
  },
};

function required(
  service: string,
  bastion: StackResource,
  vpcs: readonly string[],
  endpoints: readonly StackResource[],
  links: Links,
  verdict: StackVerdict,
): void {
  let unread = 0;
  for (const endpoint of endpoints) {
    let read = false;
    let serves = false;
    verdict.part(() => {
      serves = isInterfaceOf(endpoint, service) && vpcsOf(endpoint, links).some((vpc) => vpcs.includes(vpc));
      read = true;
    });
    if (serves) return;
    if (!read) unread += 1;
  }
  if (unread === 0) verdict.report(`The bastion's VPC has no interface endpoint for ${service}`, bastion);
}

function isInterfaceOf({ props }: StackResource, service: string): boolean {
  if (props["vpcEndpointType"] !== "Interface") return false; // left out means Gateway
  const name = props["serviceName"];
  return typeof name === "string" && name.split(".").at(-1) === service;
}
