import type { StackResource } from "../rule";
import { linksOf, textsIn, type Links } from "../network/links";
import { perStack } from "../network/per-stack";
import { GROUP, DEFAULT_GROUP, type Groups } from "./groups";

/** What names a group without standing in it: rules, notes, endpoints (which answer and never dial). */
const NO_WEARERS = [
  GROUP,
  DEFAULT_GROUP,
  "aws:ec2/securityGroupRule:SecurityGroupRule",
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
  "aws:vpc/securityGroupVpcAssociation:SecurityGroupVpcAssociation",
  "aws:ec2/vpcEndpoint:VpcEndpoint",
  "aws:ec2/securityGroupAssociation:SecurityGroupAssociation",
  "aws:ssm/parameter:Parameter",
];
/** Starts or becomes part of something else, which is then the one that wears the group. */
const CARRIERS = [
  "aws:ec2/launchTemplate:LaunchTemplate",
  "aws:ec2/launchConfiguration:LaunchConfiguration",
  "aws:ec2/networkInterface:NetworkInterface",
];
const CARRIED_BY = [
  "launchTemplate",
  "launchConfiguration",
  "mixedInstancesPolicy",
  "networkInterfaces",
  "primaryNetworkInterface",
];
/** Puts a group, or an interface, on something that is there. */
const STICKERS: Readonly<Record<string, string>> = {
  "aws:ec2/networkInterfaceSecurityGroupAttachment:NetworkInterfaceSecurityGroupAttachment": "networkInterfaceId",
  "aws:ec2/networkInterfaceAttachment:NetworkInterfaceAttachment": "instanceId",
};
/** Properties in which an id that is written out can be that of a group. */
const PLACES = /securityGroup|^vpc|network/i;

/** Properties that may name a group without wearing it. */
const NOTES = /^(vpcId|vpcZoneIdentifiers|tags|tagsAll|value|userData|description|name)$/;

/** Something that wears a group, and the property by which it does. */
export interface Wearer {
  readonly resource: StackResource;
  readonly property: string;
}

/**
 * Everything of a program that wears a group, of whatever type: what takes a property from the group, and what has it through a
 * template or interface. A template that nobody uses counts itself: somebody may.
 */
export function wearersOf(key: string, resources: readonly StackResource[], groups: Groups): Wearer[] {
  const links = linksOf(resources);
  const direct = candidatesOf(resources).flatMap(({ resource, properties }): Wearer[] => {
    const property = properties.find((each) => names(resource, each, key, groups, links));
    return property === undefined ? [] : [{ resource, property }];
  });
  return [
    ...new Map(
      direct.flatMap((each) => through(each, resources, links)).map((each) => [each.resource.urn, each]),
    ).values(),
  ];
}

/** What may wear a group, with the properties that may name it: the same for every group that is asked for. */
const candidatesOf = perStack((resources) =>
  resources
    .filter(({ type }) => !NO_WEARERS.includes(type) && !type.startsWith("pulumi:"))
    .map((resource) => ({ resource, properties: properties(resource) }))
    .filter((each) => each.properties.length > 0),
);

function names(resource: StackResource, property: string, key: string, groups: Groups, links: Links): boolean {
  const recorded = groups.origins(resource, property);
  // A VPC among the origins stands for its default group only where groups are named.
  if (recorded.includes(key) && (groups.resource(key) !== undefined || PLACES.test(property))) return true;
  if (!PLACES.test(property)) return false;
  if (links(resource, property).some(({ urn }) => urn === key)) return true;
  return groups.resource(key) === undefined && !groups.isDefault(key) && mentions(resource, property, key);
}

function properties({ props, propertyDependencies }: StackResource): string[] {
  const places = Object.keys(props).filter((each) => PLACES.test(each));
  return [...new Set([...Object.keys(propertyDependencies), ...places])].filter((each) => !NOTES.test(each));
}

function mentions(resource: StackResource, property: string, id: string): boolean {
  return textsIn(() => resource.props[property]).includes(id);
}

function through(wearer: Wearer, resources: readonly StackResource[], links: Links): Wearer[] {
  const { resource } = wearer;
  const sticker = STICKERS[resource.type];
  if (sticker !== undefined) {
    const on = links(resource, sticker);
    return on.length === 0 ? [wearer] : on.flatMap((each) => through({ ...wearer, resource: each }, resources, links));
  }
  if (!CARRIERS.includes(resource.type)) return [wearer];
  const carried = resources.flatMap((each) => {
    const property = CARRIED_BY.find((step) => links(each, step).some(({ urn }) => urn === resource.urn));
    const stuck = each.type in STICKERS && links(each, "networkInterfaceId").some(({ urn }) => urn === resource.urn);
    if (stuck)
      return links(each, "instanceId").map((instance) => ({ resource: instance, property: "networkInterfaceId" }));
    return property === undefined ? [] : [{ resource: each, property }];
  });
  return carried.length === 0 ? [wearer] : carried;
}
