import { DescribeDBClustersCommand, RDSClient, type DBCluster } from "@aws-sdk/client-rds";
import { allPages, makeCall } from "./call";
import { clientSettings, type AwsOptions } from "./options";

/** An Aurora cluster as a client needs it. */
export interface ClusterView {
  readonly identifier: string;
  /** `cluster-…`: never reused, unlike the identifier. */
  readonly resourceId: string;
  readonly arn: string;
  readonly status: string;
  readonly engine: string;
  readonly engineVersion: string;
  /** Writer endpoint, host name only. */
  readonly endpoint: string;
  readonly readerEndpoint: string;
  readonly port: number;
  readonly iamAuthentication: boolean;
  readonly masterUserName: string;
  /** ARN of the secret that RDS manages for the master; undefined without one. */
  readonly masterSecretArn: string | undefined;
  readonly databaseName: string | undefined;
}

export interface Rds {
  /** Clusters of the account and region with this resource id: one, or none. */
  clustersByResourceId(resourceId: string): Promise<ClusterView[]>;
}

/** Relational Database Service: where a cluster really is. */
export function makeRds(options: AwsOptions): Rds {
  const client = new RDSClient(clientSettings(options));
  const call = makeCall(client, "rds", options);
  return {
    clustersByResourceId: async (resourceId) => {
      const filters = [{ Name: "db-cluster-resource-id", Values: [resourceId] }];
      const found = await allPages(async (marker) => {
        const input = { Filters: filters, ...(marker === undefined ? {} : { Marker: marker }) };
        const answer = await call("DescribeDBClusters", (http) =>
          client.send(new DescribeDBClustersCommand(input), http),
        );
        return { items: answer.DBClusters ?? [], next: answer.Marker };
      });
      return found.map(clusterView).filter((cluster) => cluster.resourceId === resourceId);
    },
  };
}

function clusterView(cluster: DBCluster): ClusterView {
  return {
    identifier: cluster.DBClusterIdentifier ?? "",
    resourceId: cluster.DbClusterResourceId ?? "",
    arn: cluster.DBClusterArn ?? "",
    status: cluster.Status ?? "",
    engine: cluster.Engine ?? "",
    engineVersion: cluster.EngineVersion ?? "",
    endpoint: cluster.Endpoint ?? "",
    readerEndpoint: cluster.ReaderEndpoint ?? "",
    port: cluster.Port ?? 5432,
    iamAuthentication: cluster.IAMDatabaseAuthenticationEnabled ?? false,
    masterUserName: cluster.MasterUsername ?? "",
    masterSecretArn: cluster.MasterUserSecret?.SecretArn,
    databaseName: cluster.DatabaseName,
  };
}
