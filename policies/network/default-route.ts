import { isWorld } from "./cidr";
import { accessPathOf } from "./access-path";
import type { Links } from "./links";
import { isTable, tableOf, tablesOf } from "./route-tables";
import { vpcsOf } from "./vpc-of";
import { written } from "./written";
import { knownOf } from "../known-elements";
import type { StackResource, StackRule, StackVerdict } from "../rule";
import { elements, isObject, isSet, textOf } from "../values";

const ROUTE = "aws:ec2/route:Route";
/** Where a route goes, in both forms of a block and of a target. */
const BLOCKS = ["destinationCidrBlock", "destinationIpv6CidrBlock", "cidrBlock", "ipv6CidrBlock"];
const TARGETS = [
  "gatewayId",
  "natGatewayId",
  "egressOnlyGatewayId",
  "transitGatewayId",
  "vpcPeeringConnectionId",
  "networkInterfaceId",
  "vpcEndpointId",
  "localGatewayId",
  "carrierGatewayId",
  "coreNetworkArn",
  "odbNetworkArn",
];

/** The path's own subnets have no way out. */
export const netNoDefaultRoute: StackRule = {
  id: "net-no-default-route",
  title: "No route of a bastion's or database's subnet leads everywhere",
  why: "A default route is how data leaves, and together with a public address how others come in",
  severity: "high",
  level: "mandatory",
  references: ["FSBP RDS.46", "AWS Well-Architected SEC05"],
  fix: "Delete the route, write a destinationCidrBlock of its own, or name the kind of target in the setting allowedTargets",
  parameters: {
    allowedTargets: {
      type: "strings",
      default: [],
      about: 'Properties that a default route may go by, e.g. ["transitGatewayId"] for an inspected way out',
    },
  },
  checkStack: (resources, verdict, { allowedTargets }) => {
    const { subnets, links } = accessPathOf(resources, verdict, "subnets");
    const allowed = allowedTargets as readonly string[];
    for (const table of tablesOf(subnets, resources, links, verdict)) {
      verdict.part(() => {
        elements(written(table, "routes")).forEach((read, index) =>
          verdict.part(() => {
            const route = read();
            if (isObject(route)) decide(table, `routes[${index}].`, (name) => route[name], allowed, verdict);
          }),
        );
      });
      for (const route of resources)
        if (route.type === ROUTE && links(route, "routeTableId").some(({ urn }) => urn === table.urn))
          decide(route, "", (name) => written(route, name), allowed, verdict);
    }
    for (const route of resources.filter(({ type }) => type === ROUTE)) {
      if (subnets.length === 0 || links(route, "routeTableId").some(isTable)) continue;
      if (leadsEverywhere(route)) strayRoute(route, resources, subnets, links, allowed, verdict);
    }
  },
};

function decide(
  by: StackResource,
  place: string,
  of: (property: string) => unknown,
  allowed: readonly string[],
  verdict: StackVerdict,
): void {
  for (const block of BLOCKS) {
    verdict.part(() => {
      if (!isWorld(of(block))) return;
      // A target that is not known yet is one nevertheless.
      const target = TARGETS.find((name) => {
        const { values } = knownOf([() => of(name)]);
        return values.length === 0 || (isSet(values[0]) && textOf(values[0]) !== "");
      });
      if (target === undefined || !allowed.includes(target)) verdict.report(`${place}${block} leads everywhere`, by);
    });
  }
}

function leadsEverywhere(route: StackResource): boolean {
  return knownOf(BLOCKS.map((block) => () => written(route, block))).values.some(isWorld);
}

/** A route in a table that is not of the program: by its main table a VPC of the program names itself. */
function strayRoute(
  route: StackResource,
  resources: readonly StackResource[],
  subnets: readonly StackResource[],
  links: Links,
  allowed: readonly string[],
  verdict: StackVerdict,
): void {
  const vpcs = links(route, "routeTableId").flatMap((origin) => vpcsOf(origin, links));
  const own = subnets.filter((subnet) => tableOf(subnet, resources, links).length === 0);
  if (own.some((subnet) => vpcsOf(subnet, links).some((vpc) => vpcs.includes(vpc))))
    return decide(route, "", (name) => written(route, name), allowed, verdict);
  if (vpcs.length === 0) verdict.undecided(`route table of ${route.name}`);
}
