import { knownOf } from "../known-elements";
import type { StackResource, StackRule } from "../rule";
import { elements, isFalse, isTrue } from "../values";
import { accessPathOf } from "./access-path";
import { vpcsOf } from "./vpc-of";
import { written } from "./written";

const VPC = "aws:ec2/vpc:Vpc";
const FLOW_LOG = "aws:ec2/flowLog:FlowLog";
const DEFAULT_GROUP = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";

/** Names of endpoints resolve inside the VPC. */
export const netVpcDns: StackRule = {
  id: "net-vpc-dns",
  title: "The VPC of a bastion or database resolves private names",
  why: "Otherwise the agent looks up public addresses of Session Manager, and the bastion finds no database",
  severity: "medium",
  level: "mandatory",
  references: ["VPC user guide: DNS attributes for your VPC"],
  fix: "Write enableDnsHostnames: true and leave enableDnsSupport on",
  checkStack: (resources, verdict) => {
    const { vpcs } = accessPathOf(resources, verdict, "vpcs");
    for (const vpc of resources.filter(({ type, urn }) => type === VPC && vpcs.includes(urn))) {
      verdict.part(() => {
        if (isFalse(written(vpc, "enableDnsSupport"))) verdict.report("enableDnsSupport is off", vpc);
      });
      verdict.part(() => {
        if (!isTrue(written(vpc, "enableDnsHostnames"))) verdict.report("enableDnsHostnames is not on", vpc);
      });
    }
  },
};

/** Connections are written down. */
export const netFlowLogs: StackRule = {
  id: "net-flow-logs",
  title: "The VPC of a bastion or database has a flow log of all traffic",
  why: "Refused connections are the first thing seen of somebody who looks around, and are nowhere else",
  severity: "medium",
  level: "advisory",
  references: ["FSBP EC2.6", "CIS AWS Foundations: VPC flow logging"],
  fix: 'Write an aws.ec2.FlowLog with vpcId and trafficType "ALL", or the setting externalFlowLogs; for production raise the level by policy configuration to mandatory',
  parameters: {
    externalFlowLogs: {
      type: "boolean",
      default: false,
      about: "Whether another stack writes flow logs of these VPCs",
    },
  },
  checkStack: (resources, verdict, { externalFlowLogs }) => {
    if (isTrue(externalFlowLogs)) return;
    const { vpcs, links } = accessPathOf(resources, verdict, "vpcs");
    const logs = resources.filter(({ type }) => type === FLOW_LOG);
    for (const vpc of resources.filter(({ type, urn }) => type === VPC && vpcs.includes(urn))) {
      verdict.part(() => {
        const own = logs.filter((log) => links(log, "vpcId").some(({ urn }) => urn === vpc.urn));
        const { values, complete } = knownOf(own.map((log) => () => log.props["trafficType"]));
        if (values.includes("ALL")) return;
        complete();
        verdict.report(own.length === 0 ? "The VPC has no flow log" : "trafficType of its flow log is not ALL", vpc);
      });
    }
  },
};

/** What forgets its group gets one that admits nothing. */
export const netDefaultSgLocked: StackRule = {
  id: "net-default-sg-locked",
  title: "The default security group of the VPC of a bastion or database is empty",
  why: "Whatever names no group wears it, and it admits its members and dials everywhere",
  severity: "medium",
  level: "advisory",
  references: ["FSBP EC2.2", "CIS AWS Foundations: default security group"],
  fix: "Write an aws.ec2.DefaultSecurityGroup with the vpcId, without ingress and egress",
  checkStack: (resources, verdict) => {
    const { vpcs, links } = accessPathOf(resources, verdict, "vpcs");
    const groups = resources.filter(({ type }) => type === DEFAULT_GROUP);
    for (const vpc of resources.filter(({ type, urn }) => type === VPC && vpcs.includes(urn))) {
      const own = groups.filter((group) => vpcsOf(group, links).includes(vpc.urn));
      if (own.length === 0) verdict.report("The VPC's default group is left as AWS makes it", vpc);
      for (const group of own)
        for (const list of ["ingress", "egress"]) verdict.part(() => empty(group, list, verdict.report));
    }
  },
};

function empty(group: StackResource, list: string, report: (found: string, group: StackResource) => void): void {
  if (elements(written(group, list)).length > 0) report(`${list} of the default group is not empty`, group);
}
