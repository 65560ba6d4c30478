import { makeClocks } from "../../automation/sandbox/account/clocks";
import {
  DEFAULT_KNOBS,
  Estate,
  WORKLOAD_ACCOUNT,
  WORKLOAD_REGION,
  type CloudObject,
  type Props,
} from "../../automation/sandbox/account/estate";

/** An estate with one whole door in it, made by hand, and a clock that moves only when told. */
export interface DoorEstate {
  readonly estate: Estate;
  /** Objects by short name: `vpc`, `instance`, `ssm`, `ssmmessages`, `role`, `cluster`, … */
  readonly made: Readonly<Record<string, CloudObject>>;
  readonly instance: CloudObject;
  readonly cluster: CloudObject;
  /** Moves work and wall time, in milliseconds of the machine. */
  readonly advance: (ms: number) => void;
  /** Takes an object out of the account. */
  readonly drop: (name: string) => void;
}

export const CLUSTER_HOST = "sp-app.cluster-abcdefghijkl.eu-west-2.rds.amazonaws.com";
export const READER_HOST = "sp-app.cluster-ro-abcdefghijkl.eu-west-2.rds.amazonaws.com";
export const AGENT_IMAGE = "ami-0000000000000agent";

const TRUST = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
};

/** VPC, two endpoints, bastion, cluster, with exactly the rules of a door. */
export function doorEstate(): DoorEstate {
  let time = 1_000_000;
  const knobs = { ...DEFAULT_KNOBS, speed: 1 };
  const directory = {
    instanceArn: "arn:aws:sso:::instance/ssoins-0000000000000000",
    identityStoreId: "d-0000000000",
    startUrl: "https://sandbox.example/start",
    users: [],
    groups: [],
    former: [],
    accessControlAttributes: [],
  };
  const clock = (): number => time;
  let seed = 1;
  const estate = new Estate(makeClocks(knobs, clock, clock), knobs, directory, (size) =>
    Buffer.alloc(size, (seed += 1)),
  );
  const made: Record<string, CloudObject> = {};
  const add = (name: string, token: string, id: string, props: Props, region = WORKLOAD_REGION): void => {
    made[name] = estate.add({ token, id, account: WORKLOAD_ACCOUNT, region, props });
  };
  add("vpc", "aws:ec2/vpc:Vpc", "vpc-1", {
    cidrBlock: "10.40.0.0/24",
    enableDnsSupport: true,
    enableDnsHostnames: true,
    defaultSecurityGroupId: "sg-default",
  });
  for (const [name, cidrBlock] of Object.entries({
    "access-a": "10.40.0.0/27",
    "access-b": "10.40.0.32/27",
    "data-a": "10.40.0.128/27",
    "data-b": "10.40.0.160/27",
  })) {
    add(name, "aws:ec2/subnet:Subnet", `subnet-${name}`, { vpcId: "vpc-1", cidrBlock });
  }
  for (const name of ["bastion", "endpoint", "database"])
    add(`sg-${name}`, "aws:ec2/securityGroup:SecurityGroup", `sg-${name}`, { vpcId: "vpc-1", ingress: [], egress: [] });
  const rule = (name: string, way: "Ingress" | "Egress", group: string, peer: string, port: number): void =>
    add(name, `aws:vpc/securityGroup${way}Rule:SecurityGroup${way}Rule`, `sgr-${name}`, {
      securityGroupId: group,
      ipProtocol: "tcp",
      fromPort: port,
      toPort: port,
      referencedSecurityGroupId: peer,
    });
  rule("bastion-to-endpoint", "Egress", "sg-bastion", "sg-endpoint", 443);
  rule("bastion-to-database", "Egress", "sg-bastion", "sg-database", 5432);
  rule("endpoint-from-bastion", "Ingress", "sg-endpoint", "sg-bastion", 443);
  rule("database-from-bastion", "Ingress", "sg-database", "sg-bastion", 5432);
  for (const service of ["ssm", "ssmmessages"]) {
    add(service, "aws:ec2/vpcEndpoint:VpcEndpoint", `vpce-${service}`, {
      vpcId: "vpc-1",
      serviceName: `com.amazonaws.eu-west-2.${service}`,
      vpcEndpointType: "Interface",
      privateDnsEnabled: true,
      state: "available",
      subnetIds: ["subnet-access-a", "subnet-access-b"],
      securityGroupIds: ["sg-endpoint"],
      policy: `policy of ${service}`,
    });
  }
  const roleArn = `arn:aws:iam::${WORKLOAD_ACCOUNT}:role/sp-bastion`;
  add(
    "role",
    "aws:iam/role:Role",
    "sp-bastion",
    {
      name: "sp-bastion",
      arn: roleArn,
      uniqueId: "AROABASTION",
      assumeRolePolicy: JSON.stringify(TRUST),
      tags: { team: "platform" },
    },
    "global",
  );
  add(
    "profile",
    "aws:iam/instanceProfile:InstanceProfile",
    "sp-bastion",
    { name: "sp-bastion", role: "sp-bastion" },
    "global",
  );
  add("instance", "aws:ec2/instance:Instance", "i-0123456789abcdef0", {
    ami: AGENT_IMAGE,
    instanceState: "running",
    subnetId: "subnet-access-a",
    privateIp: "10.40.0.10",
    vpcSecurityGroupIds: ["sg-bastion"],
    iamInstanceProfile: "sp-bastion",
    metadataOptions: { httpEndpoint: "enabled", httpTokens: "required" },
  });
  add("subnet-group", "aws:rds/subnetGroup:SubnetGroup", "sp-data", {
    name: "sp-data",
    subnetIds: ["subnet-data-a", "subnet-data-b"],
  });
  add("cluster", "aws:rds/cluster:Cluster", "sp-app", {
    clusterIdentifier: "sp-app",
    endpoint: CLUSTER_HOST,
    readerEndpoint: READER_HOST,
    port: 5432,
    dbSubnetGroupName: "sp-data",
    vpcSecurityGroupIds: ["sg-database"],
  });
  add("member", "aws:rds/clusterInstance:ClusterInstance", "sp-app-1", {
    clusterIdentifier: "sp-app",
    endpoint: "sp-app-1.abcdefghijkl.eu-west-2.rds.amazonaws.com",
  });
  const named = (name: string): CloudObject => {
    const object = made[name];
    if (!object) throw new Error(`no object ${name}`);
    return object;
  };
  return {
    estate,
    made,
    instance: named("instance"),
    cluster: named("cluster"),
    advance: (ms) => void (time += ms),
    drop: (name) => estate.remove(named(name)),
  };
}
