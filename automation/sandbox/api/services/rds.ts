import { plainText } from "../../account/plain-text";
import type { CloudObject } from "../../account/estate";
import { textsOf } from "../../network/read-props";
import { ApiError, type Operation, type QueryService } from "../operation";
import { permit } from "../permit";

const CLUSTER = "aws:rds/cluster:Cluster";
const MEMBER = "aws:rds/clusterInstance:ClusterInstance";

/** Clusters of the caller's account and the call's region, by identifier or ARN or by filter. */
const describeClusters: Operation = (call) => {
  permit(call, "rds:DescribeDBClusters");
  const { estate, account, region, input } = call;
  const wanted = typeof input.DBClusterIdentifier === "string" ? input.DBClusterIdentifier : undefined;
  const clusters = estate
    .list(CLUSTER, account, region)
    .filter(
      (cluster) =>
        (wanted === undefined || cluster.id === wanted || cluster.props.arn === wanted) &&
        passes(cluster, input.Filters),
    );
  if (wanted !== undefined && clusters.length === 0)
    throw new ApiError("DBClusterNotFoundFault", `DBCluster ${wanted} not found.`, 404);
  return { DBClusters: clusters.map((cluster) => view(cluster, estate.list(MEMBER, account, region))) };
};

/** Filters as the query protocol has them: `{Filter: [{Name, Values: {Value: [..]}}]}`; several are joined by AND. */
function passes(cluster: CloudObject, filters: unknown): boolean {
  const list =
    (filters as { Filter?: readonly { Name?: string; Values?: { Value?: readonly string[] } }[] } | undefined)
      ?.Filter ?? [];
  return list.every(({ Name, Values }) => {
    const values = Values?.Value ?? [];
    if (Name === "db-cluster-resource-id") return values.includes(plainText(cluster.props.clusterResourceId));
    if (Name === "db-cluster-id") return values.some((value) => value === cluster.id || value === cluster.props.arn);
    throw new ApiError("InvalidParameterValue", `Unrecognized filter name: ${Name ?? ""}`);
  });
}

function view({ id, props, hidden }: CloudObject, instances: readonly CloudObject[]): object {
  const text = (name: string): string | undefined =>
    typeof props[name] === "string" && props[name] !== "" ? props[name] : undefined;
  const logs = textsOf(props.enabledCloudwatchLogsExports);
  const [secret] = Array.isArray(props.masterUserSecrets)
    ? (props.masterUserSecrets as { secretArn?: string; secretStatus?: string; kmsKeyId?: string }[])
    : [];
  return {
    DBClusterIdentifier: id,
    DBClusterArn: text("arn"),
    DbClusterResourceId: text("clusterResourceId"),
    Status: typeof hidden.status === "string" ? hidden.status : "available",
    Engine: text("engine"),
    EngineVersion: text("engineVersionActual") ?? text("engineVersion"),
    Endpoint: text("endpoint"),
    ReaderEndpoint: text("readerEndpoint"),
    Port: props.port,
    MasterUsername: text("masterUsername"),
    DatabaseName: text("databaseName"),
    IAMDatabaseAuthenticationEnabled: props.iamDatabaseAuthenticationEnabled === true,
    StorageEncrypted: props.storageEncrypted === true,
    DeletionProtection: props.deletionProtection === true,
    EnabledCloudwatchLogsExports: logs.length > 0 ? logs : undefined,
    ...(secret
      ? {
          MasterUserSecret: {
            SecretArn: secret.secretArn,
            SecretStatus: secret.secretStatus,
            KmsKeyId: secret.kmsKeyId,
          },
        }
      : {}),
    DBClusterMembers: instances
      .filter((instance) => instance.props.clusterIdentifier === id)
      .map((instance) => ({ DBInstanceIdentifier: instance.id, IsClusterWriter: instance.props.writer === true })),
  };
}

/** Relational Database Service. */
export const rds: QueryService = {
  service: "rds",
  namespace: "http://rds.amazonaws.com/doc/2014-10-31/",
  operations: { DescribeDBClusters: describeClusters },
};
