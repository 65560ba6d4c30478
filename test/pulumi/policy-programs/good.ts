import { ACCESS, allow, Made, policy, session, trust, type Program, type Values } from "./made";

/** Every rule is mandatory, and told what it wants to know. */
export const STRICT = {
  all: "mandatory",
  "decided-at-apply": "advisory",
  "rds-multi-az": { enforcementLevel: "mandatory", production: true },
  "prod-protect": { enforcementLevel: "mandatory", production: true },
  "tags-required": { enforcementLevel: "mandatory", keys: ["owner"] },
  "sso-dbuser-known": { dbUsers: ["reader"], databases: ["cluster-ABCDEFGHIJKLMNOPQRSTUVWXYZ"] },
  "ssm-doc-host-known": { hosts: ["orders.internal"] },
};

const tags = { owner: "orders" };
const tcp = (port: number): Values => ({ ipProtocol: "tcp", fromPort: port, toPort: port });

/** A whole access path without a mistake; what comes from other resources is not known before they are made. */
export const good: Program = async () => {
  const vpc = new Made("aws:ec2/vpc:Vpc", "vpc", { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true, tags });
  new Made("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "default", {
    vpcId: vpc.id,
    ingress: [],
    egress: [],
    tags,
  });
  new Made("aws:ec2/flowLog:FlowLog", "flows", { vpcId: vpc.id, trafficType: "ALL" });
  const [one, two] = ["a", "b"].map(
    (zone) => new Made("aws:ec2/subnet:Subnet", zone, { vpcId: vpc.id, availabilityZone: `eu-west-2${zone}`, tags }),
  ) as [Made, Made];
  const group = (name: string): Made => new Made("aws:ec2/securityGroup:SecurityGroup", name, { vpcId: vpc.id, tags });
  const [bastion, endpoint, database] = [group("bastion"), group("endpoint"), group("database")];
  const path = (name: string, from: Made, to: Made, port: number): void => {
    new Made("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", name, {
      ...tcp(port),
      securityGroupId: to.id,
      referencedSecurityGroupId: from.id,
    });
    new Made("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", name, {
      ...tcp(port),
      securityGroupId: from.id,
      referencedSecurityGroupId: to.id,
    });
  };
  path("to-endpoint", bastion, endpoint, 443);
  path("to-database", bastion, database, 5432);
  for (const service of ["ssm", "ssmmessages"])
    new Made("aws:ec2/vpcEndpoint:VpcEndpoint", service, {
      vpcId: vpc.id,
      vpcEndpointType: "Interface",
      serviceName: `com.amazonaws.eu-west-2.${service}`,
      privateDnsEnabled: true,
      subnetIds: [one.id],
      securityGroupIds: [endpoint.id],
      policy: policy({
        ...allow("*", "*"),
        Principal: "*",
        Condition: { StringEquals: { "aws:PrincipalAccount": "111122223333" } },
      }),
      tags,
    });
  server(one, bastion);
  data([one, two], database);
  new Made("aws:ssm/document:Document", "document", {
    documentType: "Session",
    content: session("orders.internal"),
    tags,
  });
  new Made("aws:iam/policy:Policy", "connect", { policy: policy(allow("rds-db:connect", ACCESS)), tags });
  return {};
};

function server(subnet: Made, group: Made): void {
  const role = new Made("aws:iam/role:Role", "role", {
    assumeRolePolicy: trust({ Service: "ec2.amazonaws.com" }),
    tags,
  });
  new Made("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "core", {
    role: role.id,
    policyArn: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
  });
  new Made("aws:ec2/instance:Instance", "bastion", {
    subnetId: subnet.id,
    vpcSecurityGroupIds: [group.id],
    iamInstanceProfile: new Made("aws:iam/instanceProfile:InstanceProfile", "profile", { role: role.id }).id,
    associatePublicIpAddress: false,
    metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 },
    rootBlockDevice: { encrypted: true },
    tags,
  });
}

function data(subnets: readonly Made[], group: Made): void {
  const subnetGroup = new Made("aws:rds/subnetGroup:SubnetGroup", "subnets", {
    subnetIds: subnets.map(({ id }) => id),
  });
  const parameters = new Made("aws:rds/clusterParameterGroup:ClusterParameterGroup", "parameters", {
    family: "aurora-postgresql16",
    parameters: ["rds.force_ssl", "log_connections", "log_disconnections"].map((name) => ({ name, value: "1" })),
  });
  const lasting = { protect: true };
  const cluster = new Made(
    "aws:rds/cluster:Cluster",
    "orders",
    {
      clusterIdentifier: "orders",
      engine: "aurora-postgresql",
      port: 5432,
      masterUsername: "orders_owner",
      manageMasterUserPassword: true,
      iamDatabaseAuthenticationEnabled: true,
      storageEncrypted: true,
      backupRetentionPeriod: 7,
      deletionProtection: true,
      skipFinalSnapshot: false,
      copyTagsToSnapshot: true,
      enabledCloudwatchLogsExports: ["postgresql", "iam-db-auth-error"],
      dbSubnetGroupName: subnetGroup.id,
      dbClusterParameterGroupName: parameters.id,
      vpcSecurityGroupIds: [group.id],
      tags,
    },
    lasting,
  );
  for (const name of ["orders-1", "orders-2"])
    new Made("aws:rds/clusterInstance:ClusterInstance", name, { clusterIdentifier: cluster.id, tags });
  new Made("aws:cloudwatch/metricAlarm:MetricAlarm", "refused", {
    namespace: "AWS/RDS",
    metricName: "IamDbAuthConnectionFailureInsufficientPermissions",
    dimensions: { DBClusterIdentifier: cluster.id },
  });
  new Made(
    "aws:cloudtrail/trail:Trail",
    "trail",
    { isMultiRegionTrail: true, enableLogFileValidation: true, tags },
    lasting,
  );
  new Made("aws:cloudwatch/logGroup:LogGroup", "logs", { retentionInDays: 400, tags }, lasting);
  new Made("aws:kms/key:Key", "key", { enableKeyRotation: true, tags }, lasting);
}
