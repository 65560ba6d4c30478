import type { StackResource, StackRule, StackVerdict } from "../rule";
import { knownOf } from "../known-elements";
import { isTrue } from "../values";
import { accessPathOf } from "./access-path";
import { vpcsOf } from "./vpc-of";
import { written } from "./written";

const INTERNET = [
  "aws:ec2/internetGateway:InternetGateway",
  "aws:ec2/internetGatewayAttachment:InternetGatewayAttachment",
  "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway",
];
const NAT = "aws:ec2/natGateway:NatGateway";

/** No internet gateway beside the data. */
export const netNoIgw: StackRule = {
  id: "net-no-igw",
  title: "The VPC of a bastion or database has no internet gateway",
  why: "One route and one address later the data stands on the internet",
  severity: "high",
  level: "mandatory",
  references: ["FSBP RDS.46", "Systems Manager user guide: Create VPC endpoints"],
  fix: "Delete it: the agent needs the endpoints only; in a shared VPC write the setting allowInternetGateway",
  parameters: {
    allowInternetGateway: {
      type: "boolean",
      default: false,
      about: "Whether the VPC may have one, for what else stands in it; net-no-default-route still holds",
    },
  },
  checkStack: (resources, verdict, { allowInternetGateway }) => {
    if (isTrue(allowInternetGateway)) return;
    beside(INTERNET, "The gateway stands in the VPC of a bastion or database", resources, verdict);
  },
};

/** No NAT gateway beside the data. */
export const netNoNat: StackRule = {
  id: "net-no-nat",
  title: "The VPC of a bastion or database has no NAT gateway",
  why: "The path needs none, it costs by the hour, and it is a way to carry data out",
  severity: "medium",
  level: "advisory",
  references: ["AWS Well-Architected SEC05", "AWS Well-Architected COST08"],
  fix: "Delete it: the agent needs the endpoints only; for production raise the level by policy configuration to mandatory",
  checkStack: (resources, verdict) =>
    beside([NAT], "The gateway stands in the VPC of a bastion or database", resources, verdict),
};

function beside(
  types: readonly string[],
  found: string,
  resources: readonly StackResource[],
  verdict: StackVerdict,
): void {
  const gateways = resources.filter(({ type }) => types.includes(type));
  if (gateways.length === 0) return;
  const path = accessPathOf(resources, verdict, "vpcs");
  if (path.bastions.length + path.databases.length === 0) return;
  for (const gateway of gateways) {
    verdict.part(() => {
      const vpcs = vpcsOf(gateway, path.links);
      if (vpcs.some((vpc) => path.vpcs.includes(vpc))) verdict.report(found, gateway);
      // Without vpcId an attachment resource says where it stands; one that is known and no resource's is that of another VPC.
      else if (vpcs.length === 0 && knownOf([() => written(gateway, "vpcId")]).values.length === 0)
        verdict.undecided(`vpc of ${gateway.name}`);
    });
  }
}
