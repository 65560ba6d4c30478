import { netNoEip, netSubnetNoAutoPublic } from "../../../../policies/network/addresses";
import { netNoIgw, netNoNat } from "../../../../policies/network/gateways";
import { netDefaultSgLocked, netFlowLogs, netVpcDns } from "../../../../policies/network/vpcs";
import { UNKNOWN } from "../run-rule";
import { BASTION_SERVER, DATABASE, GOOD, GROUPS, INSTANCE, NET, wears } from "./access-path";
import { inVpc, VPC } from "./estate";
import { changed, DEFAULT_GROUP, EIP, FLOW_LOG, FOREIGN, gateway, IGW, made, NAT, OTHER } from "./network-samples";
import type { StackRuleCases } from "./stack-rule-cases";

export const NETWORK_CASES: readonly StackRuleCases[] = [
  {
    rule: netNoEip,
    ok: [
      { title: "none", resources: GOOD },
      {
        title: "one of a NAT gateway or another server",
        resources: [
          ...GOOD,
          made(EIP, "eip", {}),
          { type: INSTANCE, name: "web", props: {} },
          made(EIP, "web-eip", { instance: ["web"] }),
        ],
      },
    ],
    bad: [
      {
        title: "on the bastion",
        resources: [...GOOD, made(EIP, "eip", { instance: ["bastion"] })],
        found: ["eip: instance is a bastion"],
      },
      {
        title: "associated with the bastion",
        resources: [...GOOD, made("aws:ec2/eipAssociation:EipAssociation", "eip", { instanceId: ["bastion"] })],
        found: ["eip: instanceId is a bastion"],
      },
      {
        title: "on its network interface",
        resources: [
          made("aws:ec2/networkInterface:NetworkInterface", "card", {}),
          made(INSTANCE, "bastion", { primaryNetworkInterface: ["card"] }),
          made(EIP, "eip", { networkInterface: ["card"] }),
        ],
        found: ["eip: networkInterface is a bastion"],
      },
      {
        title: "on an interface that is attached to it",
        resources: [
          made("aws:ec2/networkInterface:NetworkInterface", "card", {}),
          made(INSTANCE, "bastion", {}),
          made("aws:ec2/networkInterfaceAttachment:NetworkInterfaceAttachment", "plug", {
            instanceId: ["bastion"],
            networkInterfaceId: ["card"],
          }),
          made(EIP, "eip", { networkInterface: ["card"] }),
        ],
        found: ["eip: networkInterface is a bastion"],
      },
      {
        title: "by ids, when they are known",
        resources: [
          { type: INSTANCE, name: "bastion", props: { id: "i-1" } },
          { type: EIP, name: "eip", props: { instance: "i-1" } },
        ],
        found: ["eip: instance is a bastion"],
      },
    ],
    unknown: [
      {
        title: "tags, which may name a bastion",
        resources: [{ type: INSTANCE, name: "server", props: { tags: UNKNOWN } }],
        open: ["tags"],
      },
    ],
  },
  {
    rule: netSubnetNoAutoPublic,
    ok: [
      { title: "left out, and off", resources: changed("data", { mapPublicIpOnLaunch: false }) },
      {
        title: "a public subnet of nobody",
        resources: [
          ...GOOD,
          ...changed("access", {})
            .filter(({ name }) => name === "access")
            .map((each) => ({ ...each, name: "web", props: { mapPublicIpOnLaunch: true } })),
        ],
      },
      {
        title: "no bastion and no database",
        resources: [{ ...inVpc("aws:ec2/subnet:Subnet", "x"), props: { mapPublicIpOnLaunch: true } }],
      },
    ],
    bad: [
      {
        title: "the bastion's",
        resources: changed("access", { mapPublicIpOnLaunch: true }),
        found: ["access: mapPublicIpOnLaunch is on"],
      },
      {
        title: "the database's, IPv6",
        resources: changed("data", { assignIpv6AddressOnCreation: true }),
        found: ["data: assignIpv6AddressOnCreation is on"],
      },
    ],
    unknown: [
      {
        title: "one switch: the other is decided",
        resources: changed("access", { mapPublicIpOnLaunch: UNKNOWN, assignIpv6AddressOnCreation: true }),
        open: ["mapPublicIpOnLaunch"],
        found: ["access: assignIpv6AddressOnCreation is on"],
      },
      { title: "a subnet from elsewhere", resources: [FOREIGN], open: ["subnet of bastion"] },
    ],
  },
  {
    rule: netNoIgw,
    ok: [
      { title: "none", resources: GOOD },
      { title: "of another VPC", resources: [...GOOD, ...OTHER, made(IGW, "gateway", { vpcId: ["other"] })] },
      { title: "allowed", resources: [...GOOD, gateway], settings: { allowInternetGateway: true } },
      { title: "neither bastion nor database", resources: [...NET, gateway] },
      {
        title: "one that is attached by a resource of its own elsewhere",
        resources: [...GOOD, made(IGW, "gateway", {})],
      },
    ],
    bad: [
      {
        title: "one",
        resources: [...GOOD, gateway],
        found: ["gateway: The gateway stands in the VPC of a bastion or database"],
      },
      {
        title: "by its attachment",
        resources: [
          ...GOOD,
          made("aws:ec2/internetGatewayAttachment:InternetGatewayAttachment", "plug", { vpcId: ["vpc"] }),
        ],
        found: ["plug: The gateway stands in the VPC of a bastion or database"],
      },
      {
        title: "of IPv6, beside a database alone",
        resources: [
          ...NET,
          ...DATABASE,
          ...GROUPS,
          made("aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway", "six", { vpcId: ["vpc"] }),
        ],
        found: ["six: The gateway stands in the VPC of a bastion or database"],
      },
      {
        title: "in a VPC that is given by its id",
        resources: [
          { type: "aws:ec2/subnet:Subnet", name: "access", props: { vpcId: "vpc-1" } },
          { ...BASTION_SERVER, from: { subnetId: ["access"] } },
          { type: IGW, name: "gateway", props: { vpcId: "vpc-1" } },
        ],
        found: ["gateway: The gateway stands in the VPC of a bastion or database"],
      },
    ],
    unknown: [
      { title: "the VPC of the bastion", resources: [FOREIGN, gateway, VPC], open: ["vpc of bastion"] },
      { title: "the VPC of the gateway", resources: [...GOOD, made(IGW, "gateway", { vpcId: [] })], open: ["vpcId"] },
    ],
  },
  {
    rule: netNoNat,
    ok: [
      { title: "none", resources: GOOD },
      { title: "of another VPC", resources: [...GOOD, ...OTHER, made(NAT, "nat", { subnetId: ["public"] })] },
    ],
    bad: [
      {
        title: "one in a subnet of the VPC",
        resources: [...GOOD, made(NAT, "nat", { subnetId: ["access"] })],
        found: ["nat: The gateway stands in the VPC of a bastion or database"],
      },
    ],
    unknown: [
      {
        title: "the VPC of the bastion",
        resources: [FOREIGN, ...OTHER, made(NAT, "nat", { subnetId: ["public"] })],
        open: ["vpc of bastion"],
      },
    ],
  },
  {
    rule: netVpcDns,
    ok: [
      { title: "both", resources: changed("vpc", { enableDnsSupport: true }) },
      { title: "a VPC of nobody", resources: [VPC] },
    ],
    bad: [
      {
        title: "missing, which AWS would tell",
        resources: [
          ...GOOD.filter(({ name }) => name !== "vpc"),
          { ...VPC, props: { enableDnsHostnames: UNKNOWN }, from: { cidrBlock: [] } },
        ],
        found: ["vpc: enableDnsHostnames is not on"],
      },
      {
        title: "off",
        resources: changed("vpc", { enableDnsSupport: false, enableDnsHostnames: false }),
        found: ["vpc: enableDnsSupport is off", "vpc: enableDnsHostnames is not on"],
      },
    ],
    unknown: [
      {
        title: "one: the other is decided",
        resources: changed("vpc", { enableDnsSupport: false, enableDnsHostnames: UNKNOWN }, { enableDnsHostnames: [] }),
        open: ["enableDnsHostnames"],
        found: ["vpc: enableDnsSupport is off"],
      },
      { title: "a VPC from elsewhere", resources: [FOREIGN], open: ["vpc of bastion"] },
    ],
  },
  {
    rule: netFlowLogs,
    ok: [
      { title: "all traffic", resources: [...GOOD, made(FLOW_LOG, "log", { vpcId: ["vpc"] }, { trafficType: "ALL" })] },
      { title: "elsewhere", resources: GOOD, settings: { externalFlowLogs: true } },
      { title: "a VPC of nobody", resources: [VPC] },
    ],
    bad: [
      { title: "none", resources: GOOD, found: ["vpc: The VPC has no flow log"] },
      {
        title: "of another VPC",
        resources: [...GOOD, ...OTHER, made(FLOW_LOG, "log", { vpcId: ["other"] }, { trafficType: "ALL" })],
        found: ["vpc: The VPC has no flow log"],
      },
      {
        title: "of what was accepted",
        resources: [...GOOD, made(FLOW_LOG, "log", { vpcId: ["vpc"] }, { trafficType: "ACCEPT" })],
        found: ["vpc: trafficType of its flow log is not ALL"],
      },
    ],
    unknown: [
      {
        title: "the type of traffic",
        resources: [...GOOD, made(FLOW_LOG, "log", { vpcId: ["vpc"] }, { trafficType: UNKNOWN })],
        open: ["trafficType"],
      },
      { title: "a VPC from elsewhere", resources: [FOREIGN], open: ["vpc of bastion"] },
    ],
  },
  {
    rule: netDefaultSgLocked,
    ok: [
      {
        title: "emptied",
        resources: [
          ...GOOD,
          made(DEFAULT_GROUP, "default", { vpcId: ["vpc"] }),
          ...[wears(INSTANCE, "x", "vpcSecurityGroupIds", "vpc")],
        ],
      },
      { title: "a VPC of nobody", resources: [VPC] },
    ],
    bad: [
      { title: "left alone", resources: GOOD, found: ["vpc: The VPC's default group is left as AWS makes it"] },
      {
        title: "with rules",
        resources: [
          ...GOOD,
          made(DEFAULT_GROUP, "default", { vpcId: ["vpc"] }, { ingress: [{ self: true }], egress: [{}] }),
        ],
        found: [
          "default: ingress of the default group is not empty",
          "default: egress of the default group is not empty",
        ],
      },
    ],
    unknown: [
      {
        title: "one list: the other is decided",
        resources: [...GOOD, made(DEFAULT_GROUP, "default", { vpcId: ["vpc"], ingress: ["vpc"] }, { egress: [{}] })],
        open: ["ingress"],
        found: ["default: egress of the default group is not empty"],
      },
      { title: "a VPC from elsewhere", resources: [FOREIGN], open: ["vpc of bastion"] },
    ],
  },
];
