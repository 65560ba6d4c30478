import type { StackResource, StackRule } from "../rule";
import { isTrue } from "../values";
import { accessPathOf } from "./access-path";

const ADDRESSES = ["aws:ec2/eip:Eip", "aws:ec2/eipAssociation:EipAssociation"];
/** Properties that put an address on something. */
const HOLDERS = ["instance", "instanceId", "networkInterface", "networkInterfaceId"];

/** No elastic address for a bastion. */
export const netNoEip: StackRule = {
  id: "net-no-eip",
  title: "No elastic address belongs to a bastion or database",
  why: "With a public address it can be dialled past Session Manager, whatever its subnet says",
  severity: "high",
  level: "mandatory",
  references: ["FSBP EC2.9", "FSBP EC2.12"],
  fix: "Delete the aws.ec2.Eip or aws.ec2.EipAssociation, or write another instance or networkInterface",
  checkStack: (resources, verdict) => {
    const { bastions, links } = accessPathOf(resources, verdict);
    const bastion = (each: StackResource): boolean => bastions.some(({ urn }) => urn === each.urn);
    for (const address of resources.filter(({ type }) => ADDRESSES.includes(type))) {
      for (const property of HOLDERS) {
        const holders = links(address, property);
        const worn = holders
          .filter(({ type }) => type === INTERFACE)
          .flatMap((card) => usersOf(card, resources, links));
        if ([...holders, ...worn].some(bastion)) verdict.report(`${property} is a bastion`, address);
      }
    }
  },
};

const INTERFACE = "aws:ec2/networkInterface:NetworkInterface";

function usersOf(
  card: StackResource,
  resources: readonly StackResource[],
  links: (resource: StackResource, property: string) => readonly StackResource[],
): StackResource[] {
  const isCard = ({ urn }: StackResource): boolean => urn === card.urn;
  return resources.flatMap((each) => {
    if (["networkInterfaces", "primaryNetworkInterface"].some((property) => links(each, property).some(isCard)))
      return [each];
    const attached = each.type === "aws:ec2/networkInterfaceAttachment:NetworkInterfaceAttachment";
    return attached && links(each, "networkInterfaceId").some(isCard) ? links(each, "instanceId") : [];
  });
}

/** Subnets hand out no public addresses. */
export const netSubnetNoAutoPublic: StackRule = {
  id: "net-subnet-no-auto-public",
  title: "The subnets of bastions and databases hand out no public address",
  why: "Whatever is started there next would stand on the internet without asking for it",
  severity: "high",
  level: "mandatory",
  references: ["FSBP EC2.15"],
  fix: "Write mapPublicIpOnLaunch: false and assignIpv6AddressOnCreation: false",
  checkStack: (resources, verdict) => {
    for (const subnet of accessPathOf(resources, verdict, "subnets").subnets) {
      for (const property of ["mapPublicIpOnLaunch", "assignIpv6AddressOnCreation"]) {
        verdict.part(() => {
          if (isTrue(subnet.props[property])) verdict.report(`${property} is on`, subnet);
        });
      }
    }
  },
};
