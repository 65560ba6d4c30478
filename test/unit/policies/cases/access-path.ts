import { UNKNOWN } from "../run-rule";
import { inVpc, VPC, type StackSample } from "./estate";

type Values = Record<string, unknown>;

/** Types that the cases name. */
export const INGRESS_RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
export const EGRESS_RULE = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
export const RULE = "aws:ec2/securityGroupRule:SecurityGroupRule";
export const INSTANCE = "aws:ec2/instance:Instance";

/** A security group before it is made: AWS tells its rules, so they are unknown though nobody wrote any. */
export const group = (name: string, props: Values = {}, from: StackSample["from"] = {}): StackSample => ({
  type: "aws:ec2/securityGroup:SecurityGroup",
  name,
  props: { vpcId: UNKNOWN, id: UNKNOWN, ingress: UNKNOWN, egress: UNKNOWN, ...props },
  from: { vpcId: ["vpc"], ...from },
});

/** A rule resource between two groups of the program. */
export const rule = (type: string, name: string, own: string, peer: string, port: unknown): StackSample => ({
  type,
  name,
  props: {
    securityGroupId: UNKNOWN,
    referencedSecurityGroupId: UNKNOWN,
    ipProtocol: "tcp",
    fromPort: port,
    toPort: port,
  },
  from: { securityGroupId: [own], referencedSecurityGroupId: [peer], ipProtocol: [], fromPort: [], toPort: [] },
});

/** A rule resource from or to something that is written out. */
export const ruleWith = (type: string, name: string, own: string, props: Values): StackSample => ({
  type,
  name,
  props: { securityGroupId: UNKNOWN, ipProtocol: "tcp", fromPort: 5432, toPort: 5432, ...props },
  from: { securityGroupId: [own] },
});

/** Something that wears groups. */
export const wears = (type: string, name: string, property: string, ...groups: string[]): StackSample => ({
  type,
  name,
  props: { [property]: groups.map(() => UNKNOWN) },
  from: { [property]: groups },
});

/** The bastion in its subnet. */
export const BASTION_SERVER: StackSample = {
  type: INSTANCE,
  name: "bastion",
  props: { subnetId: UNKNOWN, vpcSecurityGroupIds: [UNKNOWN], tags: { Name: "it" } },
  from: { subnetId: ["access"], vpcSecurityGroupIds: ["bastion-group"], tags: [] },
};

/** The database with its subnets. */
export const DATABASE: readonly StackSample[] = [
  {
    type: "aws:rds/subnetGroup:SubnetGroup",
    name: "subnet-group",
    props: { subnetIds: [UNKNOWN], name: UNKNOWN },
    from: { subnetIds: ["data"] },
  },
  {
    type: "aws:rds/cluster:Cluster",
    name: "orders",
    props: {
      engine: "aurora-postgresql",
      port: UNKNOWN,
      dbSubnetGroupName: UNKNOWN,
      vpcSecurityGroupIds: [UNKNOWN],
    },
    from: { engine: [], dbSubnetGroupName: ["subnet-group"], vpcSecurityGroupIds: ["database-group"] },
  },
];

/** Endpoints with a group of their own. */
export const ENDPOINTS: readonly StackSample[] = ["ssm", "ssmmessages"].map((service) => ({
  type: "aws:ec2/vpcEndpoint:VpcEndpoint",
  name: `endpoint-${service}`,
  props: {
    vpcId: UNKNOWN,
    vpcEndpointType: "Interface",
    serviceName: `com.amazonaws.eu-west-2.${service}`,
    securityGroupIds: [UNKNOWN],
    policy: UNKNOWN,
  },
  from: { vpcId: ["vpc"], securityGroupIds: ["endpoint-group"] },
}));

/** VPC and subnets. */
export const NET: readonly StackSample[] = [
  { ...VPC, props: { id: UNKNOWN, defaultSecurityGroupId: UNKNOWN, enableDnsHostnames: true } },
  inVpc("aws:ec2/subnet:Subnet", "access"),
  inVpc("aws:ec2/subnet:Subnet", "data"),
];

/** Everything but groups and rules. */
export const THINGS: readonly StackSample[] = [...NET, BASTION_SERVER, ...DATABASE, ...ENDPOINTS];
/** The three groups. */
export const GROUPS: readonly StackSample[] = ["bastion-group", "endpoint-group", "database-group"].map((name) =>
  group(name),
);
/** The four rules of a good estate. */
export const RULES: readonly StackSample[] = [
  rule(EGRESS_RULE, "to-endpoint", "bastion-group", "endpoint-group", 443),
  rule(EGRESS_RULE, "to-database", "bastion-group", "database-group", 5432),
  rule(INGRESS_RULE, "from-bastion-443", "endpoint-group", "bastion-group", 443),
  rule(INGRESS_RULE, "from-bastion-5432", "database-group", "bastion-group", 5432),
];
/** A whole estate, at its first preview. */
export const GOOD: readonly StackSample[] = [...THINGS, ...GROUPS, ...RULES];
