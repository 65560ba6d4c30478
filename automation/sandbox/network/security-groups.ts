import type { Estate, Json, Props } from "../account/estate";
import { contains } from "./ipv4";
import type { NetworkInterface } from "./interfaces";
import { blocksOf, textOf, textsOf } from "./read-props";

/** Which way a rule lets traffic through, seen from its group. */
export type Direction = "ingress" | "egress";

/** One rule, whichever way it was written: protocol, ports (both inclusive; none = all) and peers. */
export interface Rule {
  /** `tcp`, `udp`, … or `-1` for all. */
  readonly protocol: string;
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly cidrs: readonly string[];
  readonly groups: readonly string[];
}

const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const RULE: Readonly<Record<Direction, string>> = {
  ingress: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  egress: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
};

/**
 * The rules of a group in one direction: resources of their own, and those inline in the group. A VPC's default group that nobody
 * adopted lets everything out and its own members in (Amazon VPC user guide, "Default security groups"); any other starts with none.
 */
export function rulesOf(estate: Estate, groupId: string, direction: Direction, account: string): Rule[] {
  const single = estate.list(RULE[direction], account).filter((rule) => rule.props.securityGroupId === groupId);
  const group = estate.find(GROUP, groupId, account);
  const rules = single.map((rule) => singleRule(rule.props));
  if (group) return [...rules, ...blocksOf(group.props[direction]).map((block) => inlineRule(block, groupId))];
  const isDefault = estate.list("aws:ec2/vpc:Vpc", account).some((vpc) => vpc.props.defaultSecurityGroupId === groupId);
  return isDefault ? [...rules, defaultRule(direction, groupId)] : rules;
}

/** Whether one of the groups of `own` has a rule for tcp `port` to or from `peer`. */
export function permits(
  estate: Estate,
  own: NetworkInterface,
  direction: Direction,
  port: number,
  peer: NetworkInterface,
  account: string,
): boolean {
  return own.groups.some((group) =>
    rulesOf(estate, group, direction, account).some((rule) => matches(rule, port, peer)),
  );
}

function matches(rule: Rule, port: number, peer: NetworkInterface): boolean {
  if (rule.protocol !== "-1" && rule.protocol !== "tcp" && rule.protocol !== "6") return false;
  if (rule.protocol !== "-1" && !(port >= (rule.from ?? 0) && port <= (rule.to ?? 65_535))) return false;
  if (rule.groups.some((group) => peer.groups.includes(group))) return true;
  return peer.ranges.length > 0 && peer.ranges.every((range) => rule.cidrs.some((cidr) => contains(cidr, range)));
}

function singleRule(props: Props): Rule {
  const [cidr, group] = [textOf(props.cidrIpv4), textOf(props.referencedSecurityGroupId)];
  return {
    protocol: textOf(props.ipProtocol) ?? "",
    from: portOf(props.fromPort),
    to: portOf(props.toPort),
    cidrs: cidr === undefined ? [] : [cidr],
    // A group of another account is written account/group.
    groups: group === undefined ? [] : [group.slice(group.indexOf("/") + 1)],
  };
}

function inlineRule(block: Props, groupId: string): Rule {
  return {
    protocol: textOf(block.protocol) ?? "",
    from: portOf(block.fromPort),
    to: portOf(block.toPort),
    cidrs: textsOf(block.cidrBlocks),
    groups: [...textsOf(block.securityGroups), ...(block.self === true ? [groupId] : [])],
  };
}

function defaultRule(direction: Direction, groupId: string): Rule {
  const peers = direction === "egress" ? { cidrs: ["0.0.0.0/0"], groups: [] } : { cidrs: [], groups: [groupId] };
  return { protocol: "-1", from: undefined, to: undefined, ...peers };
}

function portOf(value: Json | undefined): number | undefined {
  return typeof value === "number" && value >= 0 ? value : undefined;
}
