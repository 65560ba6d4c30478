import { ec2Imdsv2 } from "../../../../policies/bastion/metadata";
import { netBastionNoPublicIp, netLtNoPublicIp } from "../../../../policies/bastion/public-address";
import { UNKNOWN } from "../run-rule";
import type { RuleCases } from "./rule-cases";

const SPOT = "aws:ec2/spotInstanceRequest:SpotInstanceRequest";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const CONFIGURATION = "aws:ec2/launchConfiguration:LaunchConfiguration";

export const BASTION_CASES: readonly RuleCases[] = [
  {
    rule: netBastionNoPublicIp,
    ok: [
      { title: "off", props: { associatePublicIpAddress: false, subnetId: UNKNOWN } },
      {
        title: "a network interface that is handed in",
        props: { networkInterfaces: [{ networkInterfaceId: UNKNOWN }] },
      },
      { title: "a primary network interface", props: { primaryNetworkInterface: { networkInterfaceId: UNKNOWN } } },
    ],
    bad: [
      { title: "on", props: { associatePublicIpAddress: true }, found: ["associatePublicIpAddress is on"] },
      { title: "missing", props: {}, found: ["associatePublicIpAddress is left to the subnet"] },
      {
        title: "no interface in the list",
        props: { networkInterfaces: [] },
        found: ["associatePublicIpAddress is left to the subnet"],
      },
      {
        title: "a spot request",
        type: SPOT,
        props: { associatePublicIpAddress: true },
        found: ["associatePublicIpAddress is on"],
      },
      {
        title: "a launch configuration",
        type: CONFIGURATION,
        props: {},
        found: ["associatePublicIpAddress is left to the subnet"],
      },
    ],
    unknown: [
      { title: "the switch", props: { associatePublicIpAddress: UNKNOWN }, open: ["associatePublicIpAddress"] },
    ],
  },
  {
    rule: netLtNoPublicIp,
    ok: [
      { title: "no interfaces", props: {} },
      { title: "off, as text", props: { networkInterfaces: [{ associatePublicIpAddress: "false" }] } },
      { title: "missing in an interface", props: { networkInterfaces: [{ deviceIndex: 0 }] } },
    ],
    bad: [
      {
        title: "on, as text",
        props: { networkInterfaces: [{}, { associatePublicIpAddress: "true" }] },
        found: ["networkInterfaces[1].associatePublicIpAddress is on"],
      },
      {
        title: "on, as a switch",
        props: { networkInterfaces: [{ associatePublicIpAddress: true }] },
        found: ["networkInterfaces[0].associatePublicIpAddress is on"],
      },
    ],
    unknown: [
      {
        title: "one interface: the others are decided",
        props: { networkInterfaces: [UNKNOWN, { associatePublicIpAddress: "true" }] },
        open: ["networkInterfaces.0"],
        found: ["networkInterfaces[1].associatePublicIpAddress is on"],
      },
      { title: "the list", props: { networkInterfaces: UNKNOWN }, open: ["networkInterfaces"] },
    ],
  },
  {
    rule: ec2Imdsv2,
    ok: [
      { title: "tokens", props: { metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 } } },
      { title: "no metadata service at all", props: { metadataOptions: { httpEndpoint: "disabled" } } },
      { title: "a template", type: TEMPLATE, props: { metadataOptions: { httpTokens: "required" } } },
    ],
    bad: [
      { title: "missing", props: {}, found: ["metadataOptions is missing"] },
      { title: "a template without", type: TEMPLATE, props: {}, found: ["metadataOptions is missing"] },
      {
        title: "a launch configuration without",
        type: CONFIGURATION,
        props: {},
        found: ["metadataOptions is missing"],
      },
      { title: "a spot request without", type: SPOT, props: {}, found: ["metadataOptions is missing"] },
      {
        title: "tokens left out",
        props: { metadataOptions: {} },
        found: ["metadataOptions.httpTokens is not required"],
      },
      {
        title: "optional tokens",
        props: { metadataOptions: { httpTokens: "optional" } },
        found: ["metadataOptions.httpTokens is not required"],
      },
      {
        title: "tokens that travel further",
        props: { metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 2 } },
        found: ["metadataOptions.httpPutResponseHopLimit is more than 1"],
      },
    ],
    unknown: [
      { title: "all options", props: { metadataOptions: UNKNOWN }, open: ["metadataOptions"] },
      {
        title: "the token: the limit is decided",
        props: { metadataOptions: { httpTokens: UNKNOWN, httpPutResponseHopLimit: 9 } },
        open: ["metadataOptions.httpTokens"],
        found: ["metadataOptions.httpPutResponseHopLimit is more than 1"],
      },
      {
        title: "whether it is on",
        props: { metadataOptions: { httpEndpoint: UNKNOWN } },
        open: ["metadataOptions.httpEndpoint"],
      },
    ],
  },
];
