import assert from "node:assert/strict";
import type { Props } from "../../../../../../../automation/sandbox/account/estate";
import { isServerless } from "../../../../../../../automation/sandbox/provider/types/rds/cluster";
import { buildCluster, clusterInputs, openWorld, type World } from "../../world";
import { plainText } from "../../../../../../../automation/sandbox/account/plain-text";

const CLUSTER = "aws:rds/cluster:Cluster";
const SECRET = "sandbox:secretsmanager:Secret";

describe("simulated cluster", () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld();
  });
  afterEach(() => world.close());

  it("T59 its managed secret is the runtime's master password, and goes with it", async () => {
    const { cluster } = await buildCluster(world);
    const [secret] = world.estate.list(SECRET);
    const { username, password } = JSON.parse(plainText(secret?.props.secretString)) as {
      username: string;
      password: string;
    };
    assert.deepEqual(
      world.clusters.created.map(({ cluster: { id }, master }) => ({ id, master })),
      [{ id: "app", master: { username, password } }],
    );
    const [shown] = cluster.outputs.masterUserSecrets as Props[];
    assert.equal(shown?.secretArn, secret?.id);
    await world.aws.remove(cluster);
    assert.deepEqual([world.clusters.deleted, world.estate.list(SECRET)], [["app"], []]);
  });

  it("takes five minutes of AWS's time, during which it is creating", async () => {
    const before = world.estate.clocks.work();
    const { cluster } = await buildCluster(world);
    assert.ok(world.estate.clocks.work() - before >= 300_000);
    assert.equal(world.estate.find(CLUSTER, cluster.id)?.hidden.status, "available");
  });

  it("neither managed nor given password: refused, and no cluster", async () => {
    await assert.rejects(
      buildCluster(world, { manageMasterUserPassword: false }),
      /creating RDS Cluster \(app\): operation error RDS: CreateDBCluster, .* InvalidParameterValue: The parameter MasterUserPassword must be provided and must not be blank\./,
    );
    assert.deepEqual([world.estate.list(CLUSTER), world.clusters.created], [[], []]);
  });

  it("T24 an upper-case identifier fails the check, as other inputs that can be judged alone", async () => {
    const { failures } = await world.aws.check(CLUSTER, {
      clusterIdentifier: "App",
      engine: "aurora-postgresql",
      backupRetentionPeriod: 40,
      serverlessv2ScalingConfiguration: { minCapacity: -1, maxCapacity: 300 },
    });
    assert.deepEqual(Object.keys(failures).sort(), [
      "backupRetentionPeriod",
      "clusterIdentifier",
      "serverlessv2ScalingConfiguration.maxCapacity",
      "serverlessv2ScalingConfiguration.minCapacity",
    ]);
  });

  it("T54 protected it is not deleted; T55 nor without a snapshot's name", async () => {
    const { cluster } = await buildCluster(world, { deletionProtection: true });
    await assert.rejects(
      world.aws.remove(cluster),
      /InvalidParameterCombination: Cannot delete protected Cluster, please disable deletion protection and try again\./,
    );
    const { finalSnapshotIdentifier: _gone, ...nameless } = cluster.outputs;
    await assert.rejects(
      world.aws.remove({ ...cluster, outputs: nameless }),
      /RDS Cluster final_snapshot_identifier is required when skip_final_snapshot is false/,
    );
    const open = await world.aws.update(cluster, { ...cluster.news, deletionProtection: false });
    await world.aws.remove(open);
  });

  it("T56 destroy goes by the state: the snapshot's name of the last deployment, taken only once", async () => {
    const { cluster, network, subnetGroup, parameters } = await buildCluster(world);
    await world.aws.remove(cluster);
    assert.deepEqual(
      world.estate.list("sandbox:rds:ClusterSnapshot").map(({ id }) => id),
      ["app-final"],
    );
    const second = await world.aws.make(
      CLUSTER,
      clusterInputs({ subnetGroup: subnetGroup.id, parameters: parameters.id, group: network.group.id }),
    );
    await assert.rejects(
      world.aws.remove(second),
      /DBClusterSnapshotAlreadyExistsFault: Cannot create the cluster snapshot because one with the identifier app-final already exists\./,
    );
  });

  it("T57 with members it is not deleted", async () => {
    const { cluster } = await buildCluster(world);
    await world.aws.make("aws:rds/clusterInstance:ClusterInstance", {
      identifier: "app-1",
      clusterIdentifier: "app",
      engine: "aurora-postgresql",
      instanceClass: "db.serverless",
    });
    await assert.rejects(
      world.aws.remove(cluster),
      /InvalidDBClusterStateFault: Cluster cannot be deleted, it still contains DB instances in non-deleting state\./,
    );
    assert.deepEqual((await world.aws.read(CLUSTER, "app", cluster.outputs, cluster.inputs)).outputs.clusterMembers, [
      "app-1",
    ]);
  });

  it("T58 a second cluster of the same name has another resource id and the same endpoint", async () => {
    const { cluster, network, subnetGroup, parameters } = await buildCluster(world, { skipFinalSnapshot: true });
    await world.aws.remove(cluster);
    const second = await world.aws.make(
      CLUSTER,
      clusterInputs({ subnetGroup: subnetGroup.id, parameters: parameters.id, group: network.group.id }),
    );
    assert.notEqual(second.outputs.clusterResourceId, cluster.outputs.clusterResourceId);
    assert.equal(second.outputs.endpoint, cluster.outputs.endpoint);
  });

  it("T53 exported logs have a group without end, unless somebody made it before", async () => {
    await buildCluster(world, { enabledCloudwatchLogsExports: ["postgresql"] });
    assert.deepEqual(
      world.estate.list("aws:cloudwatch/logGroup:LogGroup").map(({ id, props }) => [id, props.retentionInDays]),
      [["/aws/rds/cluster/app/postgresql", 0]],
    );
    await assert.rejects(
      world.aws.make("aws:cloudwatch/logGroup:LogGroup", { name: "/aws/rds/cluster/app/postgresql" }),
      /ResourceAlreadyExistsException/,
    );
  });

  it("what changes in place stays in place; other groups reach its members' interfaces", async () => {
    const { cluster, network } = await buildCluster(world);
    await world.aws.make("aws:rds/clusterInstance:ClusterInstance", {
      identifier: "app-1",
      clusterIdentifier: "app",
      engine: "aurora-postgresql",
      instanceClass: "db.serverless",
    });
    const other = await world.aws.make(
      "aws:ec2/securityGroup:SecurityGroup",
      { vpcId: network.vpc.id, description: "other" },
      "other",
    );
    const updated = await world.aws.update(cluster, {
      ...cluster.news,
      vpcSecurityGroupIds: [other.id],
      iamDatabaseAuthenticationEnabled: false,
    });
    assert.deepEqual(
      [updated.outputs.iamDatabaseAuthenticationEnabled, updated.outputs.clusterResourceId],
      [false, cluster.outputs.clusterResourceId],
    );
    assert.deepEqual(world.estate.list("sandbox:ec2:NetworkInterface")[0]?.props.securityGroupIds, [other.id]);
    await assert.rejects(
      world.aws.update(updated, { ...cluster.news, engineVersion: "99" }),
      /InvalidParameterCombination: Cannot find version 99 for aurora-postgresql/,
    );
    await assert.rejects(
      world.aws.update(updated, { ...cluster.news, engineVersion: "18" }),
      /InvalidParameterCombination: The AllowMajorVersionUpgrade flag must be present/,
    );
    assert.equal(world.estate.list("aws:rds/cluster:Cluster")[0]?.props.engineVersionActual, "16.9");
  });

  it("serverless is what has a scaling block", () => {
    assert.deepEqual(
      [isServerless({}), isServerless({ serverlessv2ScalingConfiguration: { minCapacity: 0 } })],
      [false, true],
    );
  });
});
