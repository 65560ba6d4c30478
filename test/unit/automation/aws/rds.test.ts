import assert from "node:assert/strict";
import { makeRds } from "../../../../automation/aws/rds";
import { systemClock } from "../../../../automation/core/clock";
import { dbClusters, EXAMPLE_KEYS, FakeAws } from "../../../support/fake-aws";

const APP = {
  DBClusterIdentifier: "payments-dev-app",
  DbClusterResourceId: "cluster-ABC",
  DBClusterArn: "arn:aws:rds:eu-west-2:000000000000:cluster:payments-dev-app",
  Status: "available",
  Engine: "aurora-postgresql",
  EngineVersion: "16.6",
  Endpoint: "payments-dev-app.cluster-abc.eu-west-2.rds.amazonaws.com",
  ReaderEndpoint: "payments-dev-app.cluster-ro-abc.eu-west-2.rds.amazonaws.com",
  Port: "5432",
  IAMDatabaseAuthenticationEnabled: "true",
  MasterUsername: "sallyport_master",
  MasterUserSecret: "<SecretArn>arn:aws:secretsmanager:eu-west-2:000000000000:secret:rds!x</SecretArn>",
};

describe("RDS adapter", () => {
  let aws: FakeAws;
  beforeEach(async () => {
    aws = await FakeAws.start();
  });
  afterEach(() => aws.close());

  it("finds a cluster by resource id over all pages, whatever else is listed", async () => {
    aws.on("DescribeDBClusters", ({ input }) =>
      input.Marker === undefined
        ? dbClusters([{ ...APP, DbClusterResourceId: "cluster-OTHER" }], "m1")
        : dbClusters([APP]),
    );
    const found = await makeRds({
      region: "eu-west-2",
      endpoint: aws.url,
      credentials: EXAMPLE_KEYS,
      clock: systemClock,
    }).clustersByResourceId("cluster-ABC");
    assert.deepEqual(found, [
      {
        identifier: "payments-dev-app",
        resourceId: "cluster-ABC",
        arn: "arn:aws:rds:eu-west-2:000000000000:cluster:payments-dev-app",
        status: "available",
        engine: "aurora-postgresql",
        engineVersion: "16.6",
        endpoint: "payments-dev-app.cluster-abc.eu-west-2.rds.amazonaws.com",
        readerEndpoint: "payments-dev-app.cluster-ro-abc.eu-west-2.rds.amazonaws.com",
        port: 5432,
        iamAuthentication: true,
        masterUserName: "sallyport_master",
        masterSecretArn: "arn:aws:secretsmanager:eu-west-2:000000000000:secret:rds!x",
        databaseName: undefined,
      },
    ]);
    const [first, second] = aws.inputs("DescribeDBClusters");
    assert.equal(first?.["Filters.Filter.1.Name"], "db-cluster-resource-id");
    assert.equal(first?.["Filters.Filter.1.Values.Value.1"], "cluster-ABC");
    assert.equal(second?.Marker, "m1");
  });
});
