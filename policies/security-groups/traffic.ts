import { knownOf } from "../known-elements";
import { perStack } from "../network/per-stack";
import { written } from "../network/written";
import type { StackResource, StackVerdict } from "../rule";
import { elements, isObject, isSet, isTrue, textOf } from "../values";
import { DEFAULT_GROUP, GROUP, Groups } from "./groups";
import { portsOf, type Peer, type TrafficRule } from "./traffic-rule";

export const RULE = "aws:ec2/securityGroupRule:SecurityGroupRule";
export const INGRESS_RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
export const EGRESS_RULE = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
const DIRECTIONS = ["ingress", "egress"] as const;

/** Properties that name peers, in all forms of a rule. */
const BLOCKS = ["cidrBlocks", "ipv6CidrBlocks", "cidrIpv4", "cidrIpv6"];
const LISTS = ["prefixListIds", "prefixListId"];
const GROUPS = ["securityGroups", "sourceSecurityGroupId", "referencedSecurityGroupId"];

/** Every rule of every group in a stack. */
export class Traffic {
  readonly groups: Groups;
  readonly rules: readonly TrafficRule[];

  constructor(resources: readonly StackResource[]) {
    this.groups = new Groups(resources);
    this.rules = resources.flatMap((resource) => this.read(resource));
  }

  /** The rules of a group in one direction. One of which it is not known whether it belongs there is said. */
  of(key: string, direction: "ingress" | "egress", verdict: Pick<StackVerdict, "undecided">): TrafficRule[] {
    return this.rules.filter((rule) => {
      const other = direction === "ingress" ? "egress" : "ingress";
      if (rule.direction === other || !(rule.groups.includes(key) || rule.anyGroup)) return false;
      if (rule.anyGroup) verdict.undecided(`group of ${rule.by.name}`);
      else if (rule.direction === "open") verdict.undecided(`type of ${rule.by.name}`);
      return !rule.anyGroup && rule.direction === direction;
    });
  }

  private read(resource: StackResource): TrafficRule[] {
    if (resource.type === GROUP || resource.type === DEFAULT_GROUP)
      return DIRECTIONS.flatMap((direction) => this.inline(resource, direction));
    if (resource.type === INGRESS_RULE) return [this.single(resource, "ingress")];
    if (resource.type === EGRESS_RULE) return [this.single(resource, "egress")];
    if (resource.type !== RULE) return [];
    const [type] = knownOf([() => resource.props["type"]]).values;
    return [this.single(resource, type === "ingress" || type === "egress" ? type : "open")];
  }

  private single(by: StackResource, direction: TrafficRule["direction"]): TrafficRule {
    const own = this.groups.named(by, "securityGroupId", () => by.props["securityGroupId"]);
    const of = (property: string) => () => written(by, property);
    return {
      by,
      place: "",
      direction,
      groups: own.keys,
      anyGroup: own.open,
      peers: this.peers(by, own.keys, of, (property) => ({ place: property, source: property })),
      ports: portsOf(() => written(by, "protocol") ?? written(by, "ipProtocol"), of("fromPort"), of("toPort")),
    };
  }

  /** Inline rules. The engine records where the list comes from as a whole, so an unknown group may be any of its origins. */
  private inline(by: StackResource, direction: "ingress" | "egress"): TrafficRule[] {
    const common = { by, direction, groups: [by.urn], anyGroup: false };
    const { values } = knownOf([() => written(by, direction)]);
    if (values.length === 0)
      return [{ ...common, place: direction, peers: this.unknownPeers(by, direction), ports: "open" }];
    return elements(values[0]).map((read, index) => {
      const place = `${direction}[${index}]`;
      const [entry] = knownOf([read]).values;
      if (!isObject(entry)) return { ...common, place, peers: this.unknownPeers(by, direction), ports: "open" };
      const of = (property: string) => () => entry[property];
      return {
        ...common,
        place,
        peers: this.peers(by, [by.urn], of, (property) => ({ place: `${place}.${property}`, source: direction })),
        ports: portsOf(of("protocol"), of("fromPort"), of("toPort")),
      };
    });
  }

  private unknownPeers(by: StackResource, direction: string): Peer[] {
    const groups = this.groups.origins(by, direction).map((key): Peer => ({ kind: "group", place: direction, key }));
    return [...groups, { kind: "open", place: direction }];
  }

  private peers(
    by: StackResource,
    own: readonly string[],
    of: (property: string) => () => unknown,
    at: (property: string) => { readonly place: string; readonly source: string },
  ): Peer[] {
    const each = (
      properties: readonly string[],
      peer: (place: string, source: string, read: () => unknown) => Peer[],
    ) =>
      properties.flatMap((property) => {
        const { place, source } = at(property);
        const read = of(property);
        const { values } = knownOf([read]);
        if (values.length === 0) return peer(place, source, read);
        return elements(values[0]).flatMap((element) => peer(place, source, element));
      });
    const self = knownOf([of("self")]).values;
    return [
      ...each(GROUPS, (place, source, read) => {
        const { keys, open } = this.groups.named(by, source, read);
        return [...keys.map((key): Peer => ({ kind: "group", place, key })), ...(open ? [unknown(place)] : [])];
      }),
      ...each(BLOCKS, (place, _, read) => text(read, (block) => ({ kind: "block", place, block }), place)),
      ...each(LISTS, (place, source, read) => {
        const from = this.groups.links(by, source);
        return text(read, (id) => ({ kind: "list", place, id, from }), place, from.length > 0);
      }),
      ...(self.length === 0 ? [unknown(at("self").place)] : []),
      ...(isTrue(self[0]) ? own.map((key): Peer => ({ kind: "group", place: at("self").place, key })) : []),
    ];
  }
}

function unknown(place: string): Peer {
  return { kind: "open", place };
}

/** A peer by its text; one whose text is not known is open, unless its origins tell enough. */
function text(read: () => unknown, peer: (value: string) => Peer, place: string, told = false): Peer[] {
  const { values } = knownOf([read]);
  if (values.length === 0) return [told ? peer("") : unknown(place)];
  return isSet(values[0]) && textOf(values[0]) !== "" ? [peer(textOf(values[0]))] : [];
}

/** The rules of a stack, read once for all who ask. */
export const trafficOf = perStack((resources) => new Traffic(resources));
