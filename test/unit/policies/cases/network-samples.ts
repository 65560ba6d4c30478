import { UNKNOWN } from "../run-rule";
import { GOOD, INSTANCE } from "./access-path";
import { inVpc, VPC, type StackSample } from "./estate";

type Values = Record<string, unknown>;

export const made = (type: string, name: string, from: StackSample["from"], props: Values = {}): StackSample => ({
  type,
  name,
  props: { ...Object.fromEntries(Object.keys(from ?? {}).map((key) => [key, UNKNOWN])), ...props },
  from: { ...Object.fromEntries(Object.keys(props).map((key) => [key, []])), ...from },
});
export const changed = (name: string, props: Values, from: StackSample["from"] = {}): StackSample[] =>
  GOOD.map((each) =>
    each.name === name ? { ...each, props: { ...each.props, ...props }, from: { ...each.from, ...from } } : each,
  );
export const OTHER: StackSample[] = [{ ...VPC, name: "other" }, inVpc("aws:ec2/subnet:Subnet", "public", "other")];
export const FOREIGN: StackSample = { type: INSTANCE, name: "bastion", props: { subnetId: "subnet-1" } };

export const EIP = "aws:ec2/eip:Eip";
export const IGW = "aws:ec2/internetGateway:InternetGateway";
export const NAT = "aws:ec2/natGateway:NatGateway";
export const TABLE = "aws:ec2/routeTable:RouteTable";
export const ROUTE = "aws:ec2/route:Route";
export const ASSOCIATION = "aws:ec2/routeTableAssociation:RouteTableAssociation";
export const DEFAULT_GROUP = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";
export const FLOW_LOG = "aws:ec2/flowLog:FlowLog";

export const table = (props: Values = {}, from: StackSample["from"] = {}): StackSample[] => [
  ...GOOD,
  { type: TABLE, name: "table", props: { id: UNKNOWN, routes: UNKNOWN, ...props }, from: { vpcId: ["vpc"], ...from } },
  made(ASSOCIATION, "association", { subnetId: ["data"], routeTableId: ["table"] }),
  made(ASSOCIATION, "association-2", { subnetId: ["access"], routeTableId: ["table"] }),
];
export const gateway = made(IGW, "gateway", { vpcId: ["vpc"] });
export const route = (props: Values, from: StackSample["from"] = { routeTableId: ["table"], gatewayId: ["gateway"] }) =>
  made(ROUTE, "route", from, props);
export const ANYWHERE = { destinationCidrBlock: "0.0.0.0/0" };
export const main = (type: string, from: StackSample["from"], props: Values = {}): StackSample =>
  made(type, "main", from, props);
