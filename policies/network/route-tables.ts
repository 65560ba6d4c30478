import type { StackResource, StackVerdict } from "../rule";
import type { Links } from "./links";
import { vpcsOf } from "./vpc-of";

const TABLE = "aws:ec2/routeTable:RouteTable";
const DEFAULT_TABLE = "aws:ec2/defaultRouteTable:DefaultRouteTable";
const ASSOCIATION = "aws:ec2/routeTableAssociation:RouteTableAssociation";
const MAIN = "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation";

/** Whether something is a route table of the program. */
export function isTable({ type }: StackResource): boolean {
  return type === TABLE || type === DEFAULT_TABLE;
}

/** Route tables of subnets: the associated one, else the main table of the VPC as far as the program has it. One from elsewhere is said. */
export function tablesOf(
  subnets: readonly StackResource[],
  resources: readonly StackResource[],
  links: Links,
  verdict: Pick<StackVerdict, "undecided">,
): StackResource[] {
  const tables = new Map<string, StackResource>();
  for (const subnet of subnets) {
    const associated = tableOf(subnet, resources, links);
    const found = associated.length > 0 ? associated.filter(isTable) : mainOf(subnet, resources, links);
    if (associated.length > 0 && found.length === 0) verdict.undecided(`route table of ${subnet.name}`);
    found.forEach((table) => tables.set(table.urn, table));
  }
  return [...tables.values()];
}

/** What a subnet's association names; the association itself where its table is not of the program. */
export function tableOf(subnet: StackResource, resources: readonly StackResource[], links: Links): StackResource[] {
  return resources
    .filter(({ type }) => type === ASSOCIATION)
    .filter((each) => links(each, "subnetId").some(({ urn }) => urn === subnet.urn))
    .flatMap((each) => {
      const tables = links(each, "routeTableId").filter(isTable);
      return tables.length > 0 ? tables : [each];
    });
}

function mainOf(subnet: StackResource, resources: readonly StackResource[], links: Links): StackResource[] {
  const vpcs = vpcsOf(subnet, links);
  const here = (each: StackResource): boolean => vpcsOf(each, links).some((vpc) => vpcs.includes(vpc));
  const chosen = resources.filter((each) => each.type === MAIN && here(each));
  if (chosen.length > 0) return chosen.flatMap((each) => links(each, "routeTableId").filter(isTable));
  return resources.filter(
    (each) =>
      each.type === DEFAULT_TABLE &&
      links(each, "defaultRouteTableId").some((origin) => vpcsOf(origin, links).some((vpc) => vpcs.includes(vpc))),
  );
}
