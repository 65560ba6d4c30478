import * as pulumi from "@pulumi/pulumi";

type Values = Record<string, unknown>;

/** A resource of AWS by its type token: the provider behind it makes anything. */
class Made extends pulumi.CustomResource {
  declare readonly arn: pulumi.Output<string>;
  declare readonly name: pulumi.Output<string>;
  declare readonly endpoint: pulumi.Output<string>;
  declare readonly clusterResourceId: pulumi.Output<string>;

  constructor(type: string, name: string, args: Values) {
    // What AWS decides is named here, so that it is there as an output.
    super(type, name, { arn: undefined, name: undefined, endpoint: undefined, clusterResourceId: undefined, ...args });
  }
}

/** A program of as many whole access paths of 32 resources in one stack, without fault: the rules have to read all of it to say nothing. */
export function accessPaths(count: number): () => Promise<Values> {
  return async () => {
    new Made("aws:cloudtrail/trail:Trail", "trail", {
      isMultiRegionTrail: true,
      enableLogFileValidation: true,
      tags: { owner: "bench" },
    });
    for (let index = 0; index < count; index++) accessPath(`path-${index}`, `10.${index}`);
    return {};
  };
}

const tcp = (port: number): Values => ({ ipProtocol: "tcp", fromPort: port, toPort: port });
const statement = (Action: string, Resource: unknown, Condition: Values = {}): Values => ({
  Effect: "Allow",
  Action,
  Resource,
  Condition,
});
const arn = (service: string, name: string): string => `arn:aws:${service}:eu-west-2:111122223333:${name}`;

function accessPath(name: string, block: string): void {
  const make = (type: string, part: string, args: Values): Made =>
    new Made(type, `${name}-${part}`, { ...args, tags: { owner: "bench", Name: `${name}-${part}` } });
  const vpc = make("aws:ec2/vpc:Vpc", "vpc", { cidrBlock: `${block}.0.0/16`, enableDnsHostnames: true });
  const vpcId = vpc.id;
  make("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "nothing", { vpcId, ingress: [], egress: [] });
  make("aws:ec2/flowLog:FlowLog", "flows", { vpcId, trafficType: "ALL" });
  const table = make("aws:ec2/routeTable:RouteTable", "table", { vpcId });
  const subnetIds = ["a", "b"].map((zone, third) => {
    const subnet = make("aws:ec2/subnet:Subnet", `subnet-${zone}`, {
      vpcId,
      cidrBlock: `${block}.${third}.0/24`,
      availabilityZone: `eu-west-2${zone}`,
    });
    const args = { subnetId: subnet.id, routeTableId: table.id };
    make("aws:ec2/routeTableAssociation:RouteTableAssociation", `table-${zone}`, args);
    return subnet.id;
  });
  const group = (part: string): pulumi.Output<string> =>
    make("aws:ec2/securityGroup:SecurityGroup", part, { vpcId, description: part }).id;
  const [bastion, database, endpoints] = [group("bastion-group"), group("database-group"), group("endpoint-group")];
  for (const [part, to, port] of [
    ["database", database, 5432],
    ["endpoint", endpoints, 443],
  ] as const) {
    make("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", `${part}-in`, {
      ...tcp(port),
      securityGroupId: to,
      referencedSecurityGroupId: bastion,
    });
    make("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", `${part}-out`, {
      ...tcp(port),
      securityGroupId: bastion,
      referencedSecurityGroupId: to,
    });
  }
  for (const service of ["ssm", "ssmmessages"])
    make("aws:ec2/vpcEndpoint:VpcEndpoint", service, {
      vpcId,
      vpcEndpointType: "Interface",
      serviceName: `com.amazonaws.eu-west-2.${service}`,
      privateDnsEnabled: true,
      securityGroupIds: [endpoints],
      subnetIds,
      policy: JSON.stringify({
        Statement: [
          { ...statement("*", "*", { StringEquals: { "aws:PrincipalAccount": "111122223333" } }), Principal: "*" },
        ],
      }),
    });
  entrance(make, subnetIds[0], bastion);
  const cluster = data(make, subnetIds, database, name);
  people(make, cluster, name);
}

type Make = (type: string, part: string, args: Values) => Made;

function entrance(make: Make, subnetId: unknown, group: unknown): void {
  const role = make("aws:iam/role:Role", "bastion-role", {
    assumeRolePolicy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
    }),
  });
  make("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "bastion-policy", {
    role: role.name,
    policyArn: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
  });
  const profile = make("aws:iam/instanceProfile:InstanceProfile", "bastion-profile", { role: role.name });
  make("aws:ec2/instance:Instance", "bastion", {
    subnetId,
    vpcSecurityGroupIds: [group],
    associatePublicIpAddress: false,
    metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 },
    rootBlockDevice: { encrypted: true },
    iamInstanceProfile: profile.name,
    userData: "#!/bin/sh\nsystemctl enable --now amazon-ssm-agent\n",
  });
}

function data(make: Make, subnetIds: readonly unknown[], group: unknown, name: string): Made {
  const subnets = make("aws:rds/subnetGroup:SubnetGroup", "subnets", { subnetIds, name: `${name}-subnets` });
  const parameters = make("aws:rds/clusterParameterGroup:ClusterParameterGroup", "parameters", {
    name: `${name}-parameters`,
    family: "aurora-postgresql16",
    parameters: ["rds.force_ssl", "log_connections", "log_disconnections"].map((key) => ({ name: key, value: "1" })),
  });
  for (const log of ["postgresql", "iam-db-auth-error"])
    make("aws:cloudwatch/logGroup:LogGroup", log, { name: `/aws/rds/cluster/${name}/${log}`, retentionInDays: 365 });
  const cluster = make("aws:rds/cluster:Cluster", "cluster", {
    clusterIdentifier: name,
    engine: "aurora-postgresql",
    masterUsername: "owner_of_all",
    manageMasterUserPassword: true,
    iamDatabaseAuthenticationEnabled: true,
    storageEncrypted: true,
    deletionProtection: true,
    skipFinalSnapshot: false,
    backupRetentionPeriod: 7,
    copyTagsToSnapshot: true,
    enabledCloudwatchLogsExports: ["postgresql", "iam-db-auth-error"],
    dbSubnetGroupName: subnets.id,
    dbClusterParameterGroupName: parameters.id,
    vpcSecurityGroupIds: [group],
  });
  make("aws:rds/clusterInstance:ClusterInstance", "instance", {
    clusterIdentifier: cluster.id,
    engine: "aurora-postgresql",
    publiclyAccessible: false,
  });
  make("aws:cloudwatch/metricAlarm:MetricAlarm", "refused", {
    namespace: "AWS/RDS",
    metricName: "IamDbAuthConnectionFailureInsufficientPermissions",
    dimensions: { DBClusterIdentifier: cluster.id },
  });
  return cluster;
}

function people(make: Make, cluster: Made, name: string): void {
  const document = `${name}-session`;
  make("aws:ssm/document:Document", "session", {
    name: document,
    documentType: "Session",
    content: pulumi.jsonStringify({
      schemaVersion: "1.0",
      sessionType: "Port",
      parameters: { localPortNumber: { type: "String", default: "0", allowedPattern: "^[0-9]{1,5}$" } },
      properties: {
        type: "LocalPortForwarding",
        host: cluster.endpoint,
        portNumber: "5432",
        localPortNumber: "{{ localPortNumber }}",
      },
      inputs: { idleSessionTimeout: "20", maxSessionDuration: "480" },
    }),
  });
  const set = make("aws:ssoadmin/permissionSet:PermissionSet", "set", { name, sessionDuration: "PT8H" });
  const permissionSetArn = set.arn;
  make("aws:ssoadmin/accountAssignment:AccountAssignment", "people", { permissionSetArn, principalType: "GROUP" });
  make("aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy", "policy", {
    permissionSetArn,
    inlinePolicy: pulumi.jsonStringify({
      Version: "2012-10-17",
      Statement: [
        statement("rds-db:connect", pulumi.interpolate`${arn("rds-db", "dbuser")}:${cluster.clusterResourceId}/reader`),
        statement("ssm:StartSession", arn("ec2", "instance/*"), {
          StringEquals: { "ssm:resourceTag/owner": "bench" },
          BoolIfExists: { "ssm:SessionDocumentAccessCheck": "true" },
        }),
        statement("ssm:StartSession", arn("ssm", `document/${document}`)),
        statement("ssmmessages:OpenDataChannel", arn("ssm", "session/*")),
        statement("ssm:TerminateSession", arn("ssm", "session/${aws:userid}-*")),
      ],
    }),
  });
}
