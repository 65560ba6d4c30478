import * as aws from "@pulumi/aws";
import { vpc } from "./network";
import { HUB, SHORTCUT, TAGS } from "./settings";

const POSTGRES = 5432;

const group = (name: string): aws.ec2.SecurityGroup =>
  new aws.ec2.SecurityGroup(name, { vpcId: vpc.id, description: `Group of ${name}`, tags: TAGS });

export const appGroup = group("app");
export const databaseGroup = group("database");
export const bastionGroup = group("bastion");
export const mailerGroup = group("mailer");

const port = (fromPort: number) => ({ ipProtocol: "tcp", fromPort, toPort: fromPort });

for (const [name, from] of Object.entries({ app: appGroup, bastion: bastionGroup })) {
  new aws.vpc.SecurityGroupIngressRule(`database-from-${name}`, {
    ...port(POSTGRES),
    securityGroupId: databaseGroup.id,
    referencedSecurityGroupId: from.id,
  });
  new aws.vpc.SecurityGroupEgressRule(`${name}-to-database`, {
    ...port(POSTGRES),
    securityGroupId: from.id,
    referencedSecurityGroupId: databaseGroup.id,
  });
}
new aws.vpc.SecurityGroupEgressRule("bastion-to-endpoints", {
  ...port(443),
  securityGroupId: bastionGroup.id,
  cidrIpv4: HUB.endpoints,
});
if (SHORTCUT !== undefined) {
  new aws.vpc.SecurityGroupIngressRule("database-from-office", {
    ...port(POSTGRES),
    securityGroupId: databaseGroup.id,
    cidrIpv4: SHORTCUT,
  });
}
