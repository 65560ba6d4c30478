import * as pulumi from "@pulumi/pulumi";
import { ACCESS, allow, Made, policy, session, trust, type Program } from "./made";

/** What the rules are told, so that each of them has something to say. */
export const SETTINGS = {
  "rds-multi-az": { production: true },
  "prod-protect": { production: true },
  "tags-required": { keys: ["owner"] },
  "sso-expected-reach": {
    expectedReach: { "sp-a": { logins: ["reader"], clusters: ["cluster-ABCDEFGHIJKLMNOPQRSTUVWXYZ"], documents: [] } },
  },
  "sso-dbuser-known": { dbUsers: ["reader"], databases: ["cluster-ABCDEFGHIJKLMNOPQRSTUVWXYZ"] },
  "ssm-doc-host-known": { hosts: ["orders.internal"] },
};

/**
 * Rule → resources that it names in this program, sorted, once for each thing that it finds there. Only `ssm-doc-host-known` is not
 * in it: as long as a database has no address yet, each host may be its own.
 */
export const PLANTED: Readonly<Record<string, readonly string[]>> = {
  "net-no-eip": ["address"],
  "net-subnet-no-auto-public": ["one", "two"],
  "net-no-igw": ["internet"],
  "net-no-default-route": ["table"],
  "net-vpc-dns": ["vpc"],
  "sg-no-world": ["bastion"],
  "db-reach-only-bastion": ["database-in"],
  "sg-db-ingress-only-bastion": ["database-in"],
  "sg-bastion-no-ingress": ["bastion"],
  "sg-bastion-egress-allowlist": ["bastion-out"],
  "sg-endpoint-ingress": ["endpoint-in", "ssm"],
  "vpce-required": ["bastion"],
  "vpce-private-dns": ["ssm"],
  "vpce-sg-explicit": ["ssm"],
  "net-bastion-no-public-ip": ["bastion"],
  "net-lt-no-public-ip": ["template"],
  "ec2-imdsv2": ["bastion"],
  "ec2-ebs-encrypted": ["bastion"],
  "ec2-no-keypair": ["bastion"],
  "ec2-no-secrets-userdata": ["bastion"],
  "rds-iam-auth": ["orders"],
  "rds-not-public": ["orders-1"],
  "rds-encrypted": ["orders"],
  "rds-managed-master": ["orders", "orders"],
  "rds-force-ssl": ["parameters"],
  "rds-proxy-tls": ["proxy"],
  "rds-ca": ["orders-1"],
  "rds-subnet-azs": ["one", "subnets", "two"],
  "ssm-doc-port-pinned": ["open"],
  "ssm-doc-private": ["elsewhere"],
  "iam-bastion-min": ["administrator"],
  "iam-no-wildcards": ["everything"],
  "iam-no-access-keys": ["key"],
  "iam-oidc-trust": ["pipeline", "pipeline"],
  "iam-trust-no-star": ["role"],
  "sso-connect-scoped": ["connect"],
  "sso-startsession-scoped": ["start"],
  "sso-dbuser-known": ["connect"],
  "sso-expected-reach": ["connect", "connect", "connect", "connect", "connect", "connect"],
  "sso-own-sessions": ["connect"],
  "sso-data-channel": ["connect"],
  "sso-no-unsupported-conditions": ["connect"],
  "sso-no-managed-admin": ["managed"],
  "sso-inline-size": ["connect"],
  "sso-ps-name": ["set", "set"],
  "sso-abac-singleton": ["attributes"],
  "logs-retention": ["logs"],
  "kms-rotation": ["kms"],
  "stack-secrets": ["toy-dev"],
  "net-no-nat": ["nat"],
  "net-flow-logs": ["vpc"],
  "net-default-sg-locked": ["vpc"],
  "sg-db-no-egress": ["database-out"],
  "sg-no-inline-mix": ["bastion"],
  "vpce-policy": ["old", "ssm"],
  "vpce-no-ec2messages": ["old"],
  "rds-master-name": ["orders"],
  "rds-http-endpoint": ["orders"],
  "rds-deletion-protection": ["orders", "reports"],
  "rds-backups": ["orders", "reports"],
  "rds-tags-snapshots": ["orders", "reports"],
  "rds-minor-upgrade": ["orders-1"],
  "rds-log-exports": ["orders", "orders", "reports", "reports"],
  "rds-log-connections": ["parameters", "parameters"],
  "rds-multi-az": ["orders", "reports"],
  "sso-ps-session": ["set"],
  "sso-assign-group": ["person"],
  "trail-required": ["orders"],
  "db-alarm": ["reports"],
  "prod-protect": ["kms", "logs", "orders", "reports"],
  "tags-required": [
    "bastion",
    "bastion",
    "database",
    "elsewhere",
    "endpoint",
    "everything",
    "kms",
    "logs",
    "old",
    "one",
    "open",
    "orders",
    "orders-1",
    "pipeline",
    "proxy",
    "reports",
    "role",
    "set",
    "ssm",
    "two",
    "vpc",
  ],
};

/** One mistake for each rule at least, in one estate: the way to the data is open in every way that the rules know. */
export const mistakes: Program = async () => {
  const vpc = network();
  const { bastion, endpoint, database } = groups(vpc);
  const subnets = ["one", "two"].map(
    (name) =>
      new Made("aws:ec2/subnet:Subnet", name, {
        vpcId: vpc.id,
        availabilityZone: "eu-west-2a",
        mapPublicIpOnLaunch: true,
      }),
  );
  const [one, two] = subnets as [Made, Made];
  routes(vpc, one);
  machines(one, bastion);
  databases([one, two], database);
  new Made("aws:ec2/vpcEndpoint:VpcEndpoint", "ssm", {
    vpcId: vpc.id,
    vpcEndpointType: "Interface",
    serviceName: "com.amazonaws.eu-west-2.ssm",
  });
  new Made("aws:ec2/vpcEndpoint:VpcEndpoint", "old", {
    vpcId: vpc.id,
    vpcEndpointType: "Interface",
    serviceName: "com.amazonaws.eu-west-2.ec2messages",
    privateDnsEnabled: true,
    securityGroupIds: [endpoint.id],
    policy: policy({ ...allow("*", "*"), Principal: "*" }),
  });
  documents();
  iam();
  people();
  return { adminPassword: "hunter2-hunter2" };
};

function network(): Made {
  const vpc = new Made("aws:ec2/vpc:Vpc", "vpc", { cidrBlock: "10.0.0.0/16" });
  new Made("aws:ec2/internetGateway:InternetGateway", "internet", { vpcId: vpc.id });
  return vpc;
}

function routes(vpc: Made, subnet: Made): void {
  new Made("aws:ec2/natGateway:NatGateway", "nat", { subnetId: subnet.id });
  const table = new Made("aws:ec2/routeTable:RouteTable", "table", {
    vpcId: vpc.id,
    routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: "igw-1" }],
  });
  new Made("aws:ec2/routeTableAssociation:RouteTableAssociation", "association", {
    subnetId: subnet.id,
    routeTableId: table.id,
  });
}

function groups(vpc: Made): { bastion: Made; endpoint: Made; database: Made } {
  const group = (name: string, more: Record<string, unknown> = {}): Made =>
    new Made("aws:ec2/securityGroup:SecurityGroup", name, { vpcId: vpc.id, ...more });
  const rule = (kind: "Ingress" | "Egress", name: string, own: Made, more: Record<string, unknown>): Made =>
    new Made(`aws:vpc/securityGroup${kind}Rule:SecurityGroup${kind}Rule`, name, {
      securityGroupId: own.id,
      ipProtocol: "tcp",
      ...more,
    });
  const bastion = group("bastion", {
    ingress: [{ protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["0.0.0.0/0"] }],
  });
  const [endpoint, database] = [group("endpoint"), group("database")];
  rule("Egress", "bastion-out", bastion, { fromPort: 0, toPort: 65535, cidrIpv4: "0.0.0.0/0" });
  rule("Ingress", "endpoint-in", endpoint, { fromPort: 443, toPort: 443, cidrIpv4: "10.0.0.0/16" });
  rule("Ingress", "database-in", database, { fromPort: 5432, toPort: 5432, cidrIpv4: "10.0.0.0/16" });
  rule("Egress", "database-out", database, { fromPort: 443, toPort: 443, cidrIpv4: "10.0.0.0/16" });
  return { bastion, endpoint, database };
}

function machines(subnet: Made, group: Made): void {
  const role = new Made("aws:iam/role:Role", "role", { assumeRolePolicy: trust("*") });
  new Made("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "administrator", {
    role: role.id,
    policyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
  });
  const profile = new Made("aws:iam/instanceProfile:InstanceProfile", "profile", { role: role.id });
  const bastion = new Made("aws:ec2/instance:Instance", "bastion", {
    subnetId: subnet.id,
    vpcSecurityGroupIds: [group.id],
    iamInstanceProfile: profile.id,
    associatePublicIpAddress: true,
    keyName: "operators",
    userData: "export PGPASSWORD=hunter2-hunter2",
    rootBlockDevice: { encrypted: false },
  });
  new Made("aws:ec2/eip:Eip", "address", { instance: bastion.id });
  new Made("aws:ec2/launchTemplate:LaunchTemplate", "template", {
    metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 },
    blockDeviceMappings: [{ ebs: { encrypted: "true" } }],
    networkInterfaces: [{ associatePublicIpAddress: "true" }],
  });
}

function databases(subnets: readonly Made[], group: Made): void {
  const subnetGroup = new Made("aws:rds/subnetGroup:SubnetGroup", "subnets", {
    subnetIds: subnets.map(({ id }) => id),
  });
  new Made("aws:rds/clusterParameterGroup:ClusterParameterGroup", "parameters", { family: "aurora-postgresql16" });
  const cluster = new Made("aws:rds/cluster:Cluster", "orders", {
    clusterIdentifier: "orders",
    engine: "aurora-postgresql",
    port: 5432,
    masterUsername: "postgres",
    masterPassword: pulumi.secret("hunter2-hunter2"),
    dbSubnetGroupName: subnetGroup.id,
    vpcSecurityGroupIds: [group.id],
    backupRetentionPeriod: 1,
    enableHttpEndpoint: true,
  });
  new Made("aws:rds/clusterInstance:ClusterInstance", "orders-1", {
    clusterIdentifier: cluster.id,
    publiclyAccessible: true,
    autoMinorVersionUpgrade: false,
    caCertIdentifier: "rds-ca-2019",
  });
  new Made("aws:rds/instance:Instance", "reports", {
    engine: "postgres",
    port: 5432,
    iamDatabaseAuthenticationEnabled: true,
    storageEncrypted: true,
    manageMasterUserPassword: true,
    vpcSecurityGroupIds: [group.id],
  });
  new Made("aws:rds/proxy:Proxy", "proxy", { requireTls: false, vpcSecurityGroupIds: [group.id] });
}

function documents(): void {
  new Made("aws:ssm/document:Document", "open", { documentType: "Session", content: session("{{ host }}") });
  new Made("aws:ssm/document:Document", "elsewhere", {
    documentType: "Session",
    content: session("payroll.internal"),
    permissions: { type: "Share", accountIds: "All" },
  });
}

function iam(): void {
  new Made("aws:iam/accessKey:AccessKey", "key", { user: "robot" });
  new Made("aws:iam/policy:Policy", "everything", { policy: policy(allow("s3:*", "*")) });
  new Made("aws:iam/rolePolicy:RolePolicy", "start", { policy: policy(allow("ssm:StartSession", "*")) });
  new Made("aws:iam/role:Role", "pipeline", {
    assumeRolePolicy: trust(
      { Federated: "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com" },
      { Condition: { StringLike: { "token.actions.githubusercontent.com:sub": "repo:org/*" } } },
    ),
  });
  new Made("aws:kms/key:Key", "kms", {});
  new Made("aws:cloudwatch/logGroup:LogGroup", "logs", {});
}

function people(): void {
  const set = new Made("aws:ssoadmin/permissionSet:PermissionSet", "set", {
    name: "a name with spaces, and longer than 32 letters",
  });
  const inline = (name: string, permissionSet: Made, ...statements: Record<string, unknown>[]): Made =>
    new Made("aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy", name, {
      permissionSetArn: permissionSet.id,
      inlinePolicy: policy(...statements),
    });
  inline(
    "connect",
    set,
    allow("rds-db:connect", "*"),
    allow("rds-db:connect", ACCESS.replace("/reader", "/stranger")),
    allow("rds-db:connect", ACCESS, { Condition: { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } } }),
    allow("ssm:StartSession", "arn:aws:ssm:eu-west-2:111122223333:document/orders"),
    allow("ssm:TerminateSession", "arn:aws:ssm:*:*:session/*"),
    allow("s3:GetObject", "x".repeat(10_300)),
  );
  new Made("aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment", "managed", {
    permissionSetArn: set.id,
    managedPolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
  });
  new Made("aws:ssoadmin/accountAssignment:AccountAssignment", "person", {
    permissionSetArn: set.id,
    principalType: "USER",
  });
  new Made("aws:ssoadmin/instanceAccessControlAttributes:InstanceAccessControlAttributes", "attributes", {
    attributes: [],
  });
}
