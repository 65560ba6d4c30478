import assert from "node:assert/strict";
import { DescribeDBClustersCommand, RDSClient, type DescribeDBClustersCommandInput } from "@aws-sdk/client-rds";
import { apiWorld, type ApiWorld } from "../api-world";

const ARN = "arn:aws:rds:eu-west-2:000000000000:cluster:payments-dev-app";
const SECRET = "arn:aws:secretsmanager:eu-west-2:000000000000:secret:rds!cluster-1-AbCdEf";

describe("rds", () => {
  let world: ApiWorld;
  beforeEach(async () => {
    world = await apiWorld();
    world.add("aws:rds/cluster:Cluster", "payments-dev-app", {
      arn: ARN,
      clusterResourceId: "cluster-AAA",
      engine: "aurora-postgresql",
      engineVersion: "16",
      engineVersionActual: "16.6",
      endpoint: "payments-dev-app.cluster-x.eu-west-2.rds.amazonaws.com",
      readerEndpoint: "payments-dev-app.cluster-ro-x.eu-west-2.rds.amazonaws.com",
      port: 5432,
      masterUsername: "postgres",
      databaseName: "a&b",
      iamDatabaseAuthenticationEnabled: true,
      storageEncrypted: true,
      enabledCloudwatchLogsExports: ["postgresql", "iam-db-auth-error"],
      masterUserSecrets: [{ secretArn: SECRET, secretStatus: "active", kmsKeyId: "k" }],
    });
    world.add(
      "aws:rds/cluster:Cluster",
      "other",
      { arn: "arn:other", clusterResourceId: "cluster-BBB" },
      { status: "creating" },
    );
    const member = { clusterIdentifier: "payments-dev-app", writer: true };
    world.add("aws:rds/clusterInstance:ClusterInstance", "payments-dev-app-1", member);
  });
  afterEach(() => world.close());
  const describeClusters = (input: DescribeDBClustersCommandInput, region = "eu-west-2") =>
    new RDSClient(world.client(undefined, region)).send(new DescribeDBClustersCommand(input));
  const names = async (input: DescribeDBClustersCommandInput, region?: string) =>
    (await describeClusters(input, region)).DBClusters?.map((one) => one.DBClusterIdentifier);

  it("shows a cluster as clients read it", async () => {
    const { DBClusters } = await describeClusters({ DBClusterIdentifier: "payments-dev-app" });
    assert.deepEqual(JSON.parse(JSON.stringify(DBClusters)), [
      {
        DBClusterIdentifier: "payments-dev-app",
        DBClusterArn: ARN,
        DbClusterResourceId: "cluster-AAA",
        Status: "available",
        Engine: "aurora-postgresql",
        EngineVersion: "16.6",
        Endpoint: "payments-dev-app.cluster-x.eu-west-2.rds.amazonaws.com",
        ReaderEndpoint: "payments-dev-app.cluster-ro-x.eu-west-2.rds.amazonaws.com",
        Port: 5432,
        MasterUsername: "postgres",
        DatabaseName: "a&b",
        IAMDatabaseAuthenticationEnabled: true,
        StorageEncrypted: true,
        DeletionProtection: false,
        EnabledCloudwatchLogsExports: ["postgresql", "iam-db-auth-error"],
        MasterUserSecret: { SecretArn: SECRET, SecretStatus: "active", KmsKeyId: "k" },
        DBClusterMembers: [{ DBInstanceIdentifier: "payments-dev-app-1", IsClusterWriter: true }],
      },
    ]);
  });

  it("shows a cluster that is not ready as creating", async () => {
    const { DBClusters } = await describeClusters({ DBClusterIdentifier: "other" });
    assert.equal(DBClusters?.[0]?.Status, "creating");
  });

  it("finds by resource id, by identifier and by ARN, and joins filters by AND", async () => {
    const byResource = { Name: "db-cluster-resource-id", Values: ["cluster-AAA"] };
    assert.deepEqual(await names({ Filters: [byResource] }), ["payments-dev-app"]);
    assert.deepEqual(await names({ Filters: [{ Name: "db-cluster-id", Values: ["other", ARN] }] }), [
      "payments-dev-app",
      "other",
    ]);
    assert.deepEqual(await names({ Filters: [byResource, { Name: "db-cluster-id", Values: ["other"] }] }), []);
    assert.deepEqual(await names({ DBClusterIdentifier: ARN }), ["payments-dev-app"]);
    assert.deepEqual(await names({}), ["payments-dev-app", "other"]);
  });

  it("shows nothing of another region", async () => assert.deepEqual(await names({}, "eu-west-1"), []));

  it("refuses an unknown identifier and an unknown filter", async () => {
    await assert.rejects(describeClusters({ DBClusterIdentifier: "gone" }), {
      name: "DBClusterNotFoundFault",
      message: "DBCluster gone not found.",
    });
    await assert.rejects(names({ Filters: [{ Name: "colour", Values: ["red"] }] }), { name: "InvalidParameterValue" });
  });

  it("refuses who may not ask, before it looks at what exists", async () => {
    const client = new RDSClient(world.client(world.person()));
    for (const DBClusterIdentifier of ["gone", "other"]) {
      await assert.rejects(client.send(new DescribeDBClustersCommand({ DBClusterIdentifier })), (error: Error) => {
        assert.equal(error.name, "AccessDenied");
        assert.match(error.message, /is not authorized to perform: rds:DescribeDBClusters/);
        return true;
      });
    }
  });
});
