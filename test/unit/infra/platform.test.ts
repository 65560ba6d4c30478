import assert from "node:assert/strict";
import { decodeDescriptor } from "../../../infra/contract/descriptor";
import { documentHash } from "../../../infra/contract/document-hash";
import type { PlatformOutputs } from "../../../infra/contract/outputs";
import { parseOutputs } from "../../../infra/contract/outputs";
import { Platform } from "../../../infra/platform";
import { accessOf, dev, valueOf } from "./contract/sample";
import { inputsOf, platformArgs, record, settled, type Recording } from "./recorded";

describe("platform", () => {
  let recording: Recording;
  let outputs: PlatformOutputs;

  before(async () => {
    const recorded = await record(() => new Platform("platform", platformArgs()));
    recording = recorded.recording;
    outputs = await settled(recorded.result.outputs);
  });

  const count = (type: string): number => recording.resources.filter((each) => each.type === type).length;
  const dependsOn = (type: string, name: string): readonly string[] =>
    recording.dependencies.get(`${type} ${name}`) ?? [];

  it("makes exactly these resources", () => {
    const types = new Map<string, number>();
    for (const { type } of recording.resources)
      if (!type.startsWith("sallyport:")) types.set(type, (types.get(type) ?? 0) + 1);
    assert.deepEqual(Object.fromEntries([...types].sort()), {
      "aws:cloudwatch/logGroup:LogGroup": 3,
      "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": 1,
      "aws:ec2/flowLog:FlowLog": 1,
      "aws:ec2/instance:Instance": 1,
      "aws:ec2/routeTable:RouteTable": 2,
      "aws:ec2/routeTableAssociation:RouteTableAssociation": 4,
      "aws:ec2/securityGroup:SecurityGroup": 3,
      "aws:ec2/subnet:Subnet": 4,
      "aws:ec2/vpc:Vpc": 1,
      "aws:ec2/vpcEndpoint:VpcEndpoint": 2,
      "aws:iam/instanceProfile:InstanceProfile": 1,
      "aws:iam/role:Role": 2,
      "aws:iam/rolePolicy:RolePolicy": 2,
      "aws:rds/cluster:Cluster": 1,
      "aws:rds/clusterInstance:ClusterInstance": 1,
      "aws:rds/clusterParameterGroup:ClusterParameterGroup": 1,
      "aws:rds/subnetGroup:SubnetGroup": 1,
      "aws:ssm/document:Document": 2,
      "aws:ssm/parameter:Parameter": 1,
      "aws:ssoadmin/accountAssignment:AccountAssignment": 3,
      "aws:ssoadmin/permissionSet:PermissionSet": 3,
      "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy": 3,
      "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": 2,
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": 2,
      "pulumi:providers:aws": 1,
      "random:index/randomId:RandomId": 1,
    });
  });

  it("protects the flow log against deletion where a cluster is protected", async () => {
    const { name, config } = dev();
    const clusters = Object.fromEntries(
      Object.entries(config.clusters).map(([key, cluster]) => [key, { ...cluster, deletionProtection: true }]),
    );
    const args = platformArgs(accessOf(), { name, config: { ...config, clusters } });
    const recorded = await record(() => new Platform("platform", args));
    await settled(recorded.result.outputs);
    const logs = (from: Recording): unknown =>
      inputsOf(from, "aws:cloudwatch/logGroup:LogGroup", "platform-flow-logs")["deletionProtectionEnabled"];
    assert.deepEqual([logs(recording), logs(recorded.recording)], [false, true]);
  });

  it("has no way to or from the internet: no gateway, no route, no public address", () => {
    for (const type of ["InternetGateway", "NatGateway", "EgressOnlyInternetGateway", "Eip", "Route"]) {
      assert.equal(recording.resources.filter((each) => each.type.endsWith(`:${type}`)).length, 0, type);
    }
    for (const { type, inputs } of recording.resources) {
      if (type.endsWith(":RouteTable")) assert.equal(inputs["routes"], undefined);
      if (type.endsWith(":Subnet")) assert.equal(inputs["mapPublicIpOnLaunch"], false);
      if (type.endsWith(":Instance")) assert.equal(inputs["associatePublicIpAddress"], false);
    }
  });

  it("puts every resource below a component of its own stack", () => {
    const orphans = recording.resources.filter((each) => each.name !== "platform" && (each.parent ?? "") === "");
    assert.deepEqual(orphans, []);
    const outside = recording.resources.filter((each) => !each.name.startsWith("platform"));
    assert.deepEqual(outside, []);
  });

  it("starts the bastion after both endpoints and all rules", () => {
    const after = dependsOn("aws:ec2/instance:Instance", "platform-bastion");
    for (const name of [
      "platform-endpoint-ssm",
      "platform-endpoint-ssmmessages",
      "platform-groups-bastion-to-endpoint",
      "platform-groups-bastion-to-database",
      "platform-groups-endpoint-from-bastion",
      "platform-groups-database-from-bastion",
    ]) {
      assert.ok(after.includes(name), name);
    }
  });

  it("announces the door last: after endpoints, bastion and assignments", () => {
    const after = dependsOn("aws:ssm/parameter:Parameter", "platform-descriptor");
    for (const name of [
      "platform-endpoint-ssm",
      "platform-endpoint-ssmmessages",
      "platform-bastion",
      "platform-set-readonly-group-Analysts",
    ]) {
      assert.ok(after.includes(name), `${name} in ${after.join(" ")}`);
    }
  });

  it("writes a descriptor that a client accepts, with the hashes of the documents", () => {
    const parameter = inputsOf(recording, "aws:ssm/parameter:Parameter");
    assert.deepEqual(
      [parameter["name"], parameter["type"], parameter["region"]],
      ["/sallyport/payments/dev", "String", "eu-west-1"],
    );
    const descriptor = valueOf(decodeDescriptor(String(parameter["insecureValue"])));
    assert.equal(descriptor.account, "111122223333");
    assert.equal(descriptor.clusters["app"]?.resourceId, "cluster-ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    const documents = recording.resources.filter((each) => each.type === "aws:ssm/document:Document");
    assert.deepEqual(
      descriptor.documentHashes,
      Object.fromEntries(documents.map(({ inputs }) => [inputs["name"], documentHash(String(inputs["content"]))])),
    );
    assert.deepEqual(descriptor.roles, {
      readonly: { set: "sp-payments-dev-readonly", login: "self" },
      developer: { set: "sp-payments-dev-developer", login: "self" },
      admin: { set: "sp-payments-dev-admin", login: "separate" },
    });
  });

  it("exports one typed record", () => {
    assert.deepEqual(valueOf(parseOutputs({ platform: outputs })), outputs);
    assert.deepEqual(outputs.clusters["app"], {
      identifier: "payments-dev-app",
      resourceId: "cluster-ABCDEFGHIJKLMNOPQRSTUVWXYZ",
      endpoint: "payments-dev-app.cluster-x.eu-west-2.rds.amazonaws.com",
      readerEndpoint: "payments-dev-app.cluster-ro-x.eu-west-2.rds.amazonaws.com",
      port: 5432,
      engine: "aurora-postgresql",
      masterSecretArn: "arn:secret",
      documents: { writer: "sp-payments-dev-app-writer", reader: "sp-payments-dev-app-reader" },
      databases: { app: { owner: "app_owner", schemas: ["public"] } },
    });
    assert.deepEqual(outputs.bastion, {
      instanceId: "platform-bastion-id",
      roleName: "sallyport-payments-dev-bastion",
      tag: { key: "sallyport:door", value: "payments/dev" },
    });
  });

  it("uses the identity account's provider for Identity Center alone", () => {
    for (const { type, name, provider } of recording.resources) {
      if (type.startsWith("sallyport:") || type.startsWith("pulumi:")) continue;
      assert.equal(
        provider === "platform-identity",
        type.startsWith("aws:ssoadmin/"),
        `${type} ${name} ${provider ?? ""}`,
      );
    }
    assert.equal(count("aws:ssoadmin/instanceAccessControlAttributes:InstanceAccessControlAttributes"), 0);
  });
});
