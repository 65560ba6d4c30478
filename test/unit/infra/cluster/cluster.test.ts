import assert from "node:assert/strict";
import { DatabaseCluster } from "../../../../infra/cluster/cluster";
import { dev } from "../contract/sample";
import { inputsOf, record, settled, type Recording } from "../recorded";

describe("database cluster", () => {
  let recording: Recording;

  before(async () => {
    const config = dev().config.clusters["app"];
    assert.ok(config);
    const args = {
      estate: "payments",
      env: "dev",
      cluster: "app",
      config,
      subnetIds: ["s-1", "s-2"],
      securityGroupId: "sg-1",
    };
    const recorded = await record(() => new DatabaseCluster("c", args));
    recording = recorded.recording;
    await settled(recorded.result.state);
  });

  it("has IAM logins, a password that RDS manages, encryption, and a final snapshot of its own name", () => {
    assert.deepEqual(inputsOf(recording, "aws:rds/cluster:Cluster"), {
      clusterIdentifier: "payments-dev-app",
      engine: "aurora-postgresql",
      engineVersion: "16",
      port: 5432,
      dbSubnetGroupName: "c",
      vpcSecurityGroupIds: ["sg-1"],
      dbClusterParameterGroupName: "c",
      masterUsername: "sallyport_master",
      manageMasterUserPassword: true,
      iamDatabaseAuthenticationEnabled: true,
      storageEncrypted: true,
      serverlessv2ScalingConfiguration: { minCapacity: 0, maxCapacity: 4, secondsUntilAutoPause: 1800 },
      enabledCloudwatchLogsExports: ["postgresql", "iam-db-auth-error"],
      backupRetentionPeriod: 7,
      copyTagsToSnapshot: true,
      deletionProtection: false,
      skipFinalSnapshot: false,
      finalSnapshotIdentifier: "payments-dev-app-final-0a0b0c0d",
      applyImmediately: true,
      tags: { Name: "payments-dev-app" },
    });
  });

  it("stands only after the groups of its logs, which RDS would otherwise make and keep for ever", () => {
    const after = recording.dependencies.get("aws:rds/cluster:Cluster c");
    for (const log of ["postgresql", "iam-db-auth-error"]) assert.ok(after?.includes(`c-${log}`), log);
  });

  it("has one serverless instance that is not public", () => {
    assert.deepEqual(inputsOf(recording, "aws:rds/clusterInstance:ClusterInstance"), {
      identifier: "payments-dev-app-1",
      clusterIdentifier: "c-id",
      engine: "aurora-postgresql",
      instanceClass: "db.serverless",
      publiclyAccessible: false,
      applyImmediately: true,
    });
  });

  it("forces TLS by its parameter group", () => {
    const group = inputsOf(recording, "aws:rds/clusterParameterGroup:ClusterParameterGroup");
    assert.equal(group["family"], "aurora-postgresql16");
    assert.deepEqual((group["parameters"] as unknown[])[0], {
      name: "rds.force_ssl",
      value: "1",
      applyMethod: "immediate",
    });
  });

  it("stands in the subnets it is given", () => {
    assert.deepEqual(inputsOf(recording, "aws:rds/subnetGroup:SubnetGroup")["subnetIds"], ["s-1", "s-2"]);
  });
});
