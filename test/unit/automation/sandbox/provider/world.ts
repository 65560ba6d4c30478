import { IDENTITY_ACCOUNT, WORKLOAD_ACCOUNT, type Props } from "../../../../../automation/sandbox/account/estate";
import {
  Client,
  recordingClusters,
  runnerEnvironment,
  testEstate,
  type RecordingClusters,
  type Resource,
  type TestEstate,
} from "./fixture";
import { plainText } from "../../../../../automation/sandbox/account/plain-text";

/** Both provider instances of an environment, over one estate. */
export interface World extends TestEstate {
  readonly clusters: RecordingClusters;
  /** In the workload account, eu-west-2. */
  readonly aws: Client;
  /** In the identity account, eu-west-1, through the role there. */
  readonly identity: Client;
  readonly instanceArn: string;
  /** The client of a type. */
  of(token: string): Client;
  close(): Promise<void>;
}

export const POLICY = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: ["ssm:GetParameter"], Resource: "*" }],
});
export const EC2_TRUST = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } }],
});
export const FLOW_LOG_TRUST = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "vpc-flow-logs.amazonaws.com" } }],
});
export const SESSION_DOCUMENT = JSON.stringify({
  schemaVersion: "1.0",
  description: "Port",
  sessionType: "Port",
  properties: { portNumber: "5432", host: "db.invalid", type: "LocalPortForwarding" },
});
export const IDENTITY_ARGS: Props = {
  region: "eu-west-1",
  allowedAccountIds: JSON.stringify([IDENTITY_ACCOUNT]),
  assumeRoles: JSON.stringify([{ roleArn: `arn:aws:iam::${IDENTITY_ACCOUNT}:role/sallyport-identity` }]),
};

export async function openWorld(args: Props = {}): Promise<World> {
  const base = testEstate();
  const clusters = recordingClusters();
  const options = { estate: base.estate, environment: runnerEnvironment(base.estate), clusters, sleep: base.sleep };
  const aws = await Client.open("aws", options, args);
  const identity = await Client.open("aws", options, IDENTITY_ARGS);
  return Object.assign(base, {
    clusters,
    aws,
    identity,
    instanceArn: base.estate.directory.instanceArn,
    of: (token: string) => (token.startsWith("aws:ssoadmin/") ? identity : aws),
    close: async () => {
      await aws.close();
      await identity.close();
    },
  });
}

/** A made resource with the inputs that the program gave. */
export interface Built extends Resource {
  readonly news: Props;
}

/** Makes things one after the other; `make` remembers the program's inputs. */
export async function make(world: World, token: string, news: Props, name?: string): Promise<Built> {
  return { ...(await world.of(token).make(token, news, name)), news };
}

/** A VPC with two subnets in two zones and a group. */
export async function buildNetwork(world: World): Promise<{ vpc: Built; subnets: [Built, Built]; group: Built }> {
  const vpc = await make(
    world,
    "aws:ec2/vpc:Vpc",
    { cidrBlock: "10.40.0.0/24", enableDnsSupport: true, enableDnsHostnames: true, tags: { Name: "main" } },
    "main",
  );
  const subnet = (zone: string, cidrBlock: string) =>
    make(
      world,
      "aws:ec2/subnet:Subnet",
      { vpcId: vpc.id, cidrBlock, availabilityZone: `eu-west-2${zone}`, mapPublicIpOnLaunch: false },
      zone,
    );
  const subnets: [Built, Built] = [await subnet("a", "10.40.0.0/26"), await subnet("b", "10.40.0.64/26")];
  const group = await make(
    world,
    "aws:ec2/securityGroup:SecurityGroup",
    { vpcId: vpc.id, description: "Door" },
    "door",
  );
  return { vpc, subnets, group };
}

/** A cluster with what it stands on. */
export async function buildCluster(
  world: World,
  changes: Props = {},
): Promise<{
  network: Awaited<ReturnType<typeof buildNetwork>>;
  subnetGroup: Built;
  parameters: Built;
  cluster: Built;
}> {
  const network = await buildNetwork(world);
  const subnetGroup = await make(
    world,
    "aws:rds/subnetGroup:SubnetGroup",
    { subnetIds: network.subnets.map(({ id }) => id) },
    "db",
  );
  const parameters = await make(world, "aws:rds/clusterParameterGroup:ClusterParameterGroup", {
    family: "aurora-postgresql16",
    parameters: [{ name: "rds.force_ssl", value: "1", applyMethod: "immediate" }],
  });
  const cluster = await make(
    world,
    "aws:rds/cluster:Cluster",
    clusterInputs({ subnetGroup: subnetGroup.id, parameters: parameters.id, group: network.group.id }, changes),
  );
  return { network, subnetGroup, parameters, cluster };
}

export function clusterInputs(
  on: { subnetGroup: string; parameters: string; group: string },
  changes: Props = {},
): Props {
  return {
    clusterIdentifier: "app",
    engine: "aurora-postgresql",
    engineVersion: "16",
    masterUsername: "sallyport",
    manageMasterUserPassword: true,
    dbSubnetGroupName: on.subnetGroup,
    dbClusterParameterGroupName: on.parameters,
    vpcSecurityGroupIds: [on.group],
    iamDatabaseAuthenticationEnabled: true,
    storageEncrypted: true,
    finalSnapshotIdentifier: "app-final",
    serverlessv2ScalingConfiguration: { minCapacity: 0, maxCapacity: 4 },
    applyImmediately: true,
    ...changes,
  };
}

/** One of every type that is served, in an order in which they can be made; the reverse is the order to destroy. */
export async function buildAll(world: World): Promise<Built[]> {
  const built: Built[] = [];
  const add = async (token: string, news: Props, name?: string): Promise<Built> => {
    const one = await make(world, token, news, name);
    built.push(one);
    return one;
  };
  const { network, subnetGroup, parameters, cluster } = await buildCluster(world);
  const { vpc, subnets, group } = network;
  built.push(vpc, ...subnets, group, subnetGroup, parameters, cluster);
  await add("aws:rds/clusterInstance:ClusterInstance", {
    identifier: "app-1",
    clusterIdentifier: cluster.id,
    engine: "aurora-postgresql",
    instanceClass: "db.serverless",
  });
  const table = await add("aws:ec2/routeTable:RouteTable", { vpcId: vpc.id, tags: { Name: "access" } });
  await add("aws:ec2/routeTableAssociation:RouteTableAssociation", { routeTableId: table.id, subnetId: subnets[0].id });
  const rule = {
    securityGroupId: group.id,
    ipProtocol: "tcp",
    fromPort: 443,
    toPort: 443,
    referencedSecurityGroupId: group.id,
    description: "https",
  };
  await add("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", rule);
  await add("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", rule);
  await add("aws:ec2/vpcEndpoint:VpcEndpoint", {
    vpcId: vpc.id,
    serviceName: "com.amazonaws.eu-west-2.ssm",
    vpcEndpointType: "Interface",
    subnetIds: subnets.map(({ id }) => id),
    securityGroupIds: [group.id],
    privateDnsEnabled: true,
  });
  const role = await add("aws:iam/role:Role", { name: "bastion", assumeRolePolicy: EC2_TRUST });
  await add("aws:iam/rolePolicy:RolePolicy", { name: "agent", role: role.id, policy: POLICY });
  await add("aws:iam/rolePolicyAttachment:RolePolicyAttachment", {
    role: role.id,
    policyArn: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
  });
  const profile = await add("aws:iam/instanceProfile:InstanceProfile", { name: "bastion", role: role.id });
  await add("aws:ec2/instance:Instance", {
    ami: "ami-0a2000000000000a4",
    instanceType: "t4g.nano",
    subnetId: subnets[0].id,
    vpcSecurityGroupIds: [group.id],
    iamInstanceProfile: profile.id,
    associatePublicIpAddress: false,
    metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 },
    rootBlockDevice: { encrypted: true, volumeSize: 8 },
    tags: { "sallyport:door": "payments/dev" },
  });
  await add("aws:ssm/document:Document", {
    name: "sp-door",
    documentType: "Session",
    documentFormat: "JSON",
    content: SESSION_DOCUMENT,
  });
  await add("aws:ssm/parameter:Parameter", { name: "/sallyport/payments/dev", type: "String", insecureValue: "{}" });
  const logs = await add("aws:cloudwatch/logGroup:LogGroup", { name: "/door", retentionInDays: 400 });
  const flowRole = await add("aws:iam/role:Role", { name: "flow-logs", assumeRolePolicy: FLOW_LOG_TRUST });
  await add("aws:ec2/flowLog:FlowLog", {
    vpcId: vpc.id,
    trafficType: "ALL",
    logDestination: plainText(logs.outputs.arn),
    iamRoleArn: plainText(flowRole.outputs.arn),
  });
  await add("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", { vpcId: vpc.id, ingress: [], egress: [] });
  const { instanceArn } = world;
  const set = await add("aws:ssoadmin/permissionSet:PermissionSet", {
    instanceArn,
    name: "sp-payments-dev-readonly",
    description: "Read",
    sessionDuration: "PT4H",
  });
  const permissionSetArn = plainText(set.outputs.arn);
  await add("aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy", {
    instanceArn,
    permissionSetArn,
    inlinePolicy: POLICY,
  });
  await add("aws:ssoadmin/accountAssignment:AccountAssignment", {
    instanceArn,
    permissionSetArn,
    principalId: world.estate.directory.groups[0]?.groupId ?? "",
    principalType: "GROUP",
    targetId: WORKLOAD_ACCOUNT,
    targetType: "AWS_ACCOUNT",
  });
  return built;
}
