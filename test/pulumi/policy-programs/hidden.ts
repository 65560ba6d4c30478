import type * as pulumi from "@pulumi/pulumi";
import { allow, Made, policy, session, type Program } from "./made";

/** Mistakes that show only once another resource is there. */
export const hidden: Program = async () => {
  const vpc = new Made("aws:ec2/vpc:Vpc", "vpc", {});
  const later = <T>(value: T): pulumi.Output<T> => vpc.id.apply(() => value);
  new Made("aws:ec2/instance:Instance", "server", {
    associatePublicIpAddress: later(true),
    metadataOptions: { httpTokens: "required" },
    rootBlockDevice: { encrypted: true },
  });
  new Made("aws:iam/policy:Policy", "connect", { policy: later(policy(allow("rds-db:connect", "*"))) });
  new Made("aws:ssm/document:Document", "document", { documentType: "Session", content: later(session("{{ host }}")) });
  return {};
};

/** What wears the database's group, and what that group admits, by where values come from: no id is known. */
export const shared: Program = async () => {
  const group = (name: string): Made => new Made("aws:ec2/securityGroup:SecurityGroup", name, {});
  const [data, web] = [group("data"), group("web")];
  new Made("aws:rds/cluster:Cluster", "orders", { port: 5432, vpcSecurityGroupIds: [data.id] });
  new Made("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "from-web", {
    securityGroupId: data.id,
    referencedSecurityGroupId: web.id,
    ipProtocol: "tcp",
    fromPort: 5432,
    toPort: 5432,
  });
  new Made("aws:ec2/instance:Instance", "shop", { vpcSecurityGroupIds: [web.id] });
  return {};
};
