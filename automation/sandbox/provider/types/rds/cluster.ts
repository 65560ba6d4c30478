import type { Props } from "../../../account/estate";
import { AwsError, ProviderError } from "../../../account/aws-error";
import { endpointHash, rdsResourceId } from "../../../account/ids";
import { zonesOf } from "../../../account/regions";
import type { AwsContext } from "../../aws-context";
import { block, text, texts, type ResourceType } from "../../resource-type";
import { hostedZoneId } from "../network/endpoint-services";
import { regroupInterfaces } from "../network/interfaces";
import { vpcById } from "../network/look-up";
import { refuseNeighbours, refuseNewCluster, refuseUpgrade, refuseVersion } from "./cluster-facts";
import { clusterRules } from "./cluster-rules";
import { familyOf } from "./engine-versions";
import { makeMasterSecret, removeMasterSecret } from "./master-secret";
import { CLUSTER, CLUSTER_INSTANCE, CLUSTER_SNAPSHOT, LOG_GROUP, SUBNET_GROUP } from "./tokens";

/**
 * An Aurora PostgreSQL cluster, with real PostgreSQL behind it (`ClusterRuntime`). `hidden.status` is `creating`, `available` or
 * `deleting`; resource id, endpoints and secret stay for its life (R3).
 */
export const cluster: ResourceType = {
  token: CLUSTER,
  service: "RDS",
  noun: "RDS Cluster",
  operations: { create: "CreateDBCluster", update: "ModifyDBCluster", delete: "DeleteDBCluster" },
  filled: [
    "engineVersion",
    "clusterMembers",
    "networkType",
    "storageType",
    "preferredBackupWindow",
    "preferredMaintenanceWindow",
    "kmsKeyId",
    "allocatedStorage",
    "iops",
    "clusterIdentifierPrefix",
    "databaseInsightsMode",
    "dbSystemId",
    "monitoringInterval",
  ],
  comparisons: { vpcSecurityGroupIds: "set", enabledCloudwatchLogsExports: "set", availabilityZones: "set" },
  rules: clusterRules,
  replaceWhen: (state, _news, changed) =>
    changed.includes("storageType") && !text(state, "engine").startsWith("aurora") ? ["storageType"] : [],
  create: (aws, inputs) => {
    const id = text(inputs, "clusterIdentifier") || `tf-${Math.trunc(aws.estate.clocks.wall())}`;
    const version = refuseNewCluster(aws, id, inputs);
    const group = aws.find(SUBNET_GROUP, text(inputs, "dbSubnetGroupName"));
    const vpc = vpcById(aws, text(group?.props ?? {}, "vpcId"));
    const groups = texts(inputs, "vpcSecurityGroupIds");
    const host = `${endpointHash(aws.account, aws.region)}.${aws.region}.rds.amazonaws.com`;
    const managed =
      inputs.manageMasterUserPassword === true ? makeMasterSecret(aws, id, text(inputs, "masterUsername")) : undefined;
    makeLogGroups(aws, id, inputs);
    return aws.add(
      CLUSTER,
      id,
      {
        port: 5432,
        storageEncrypted: false,
        iamDatabaseAuthenticationEnabled: false,
        deletionProtection: false,
        enabledCloudwatchLogsExports: [],
        engineVersion: version,
        dbClusterParameterGroupName: `default.${familyOf(text(inputs, "engine"), version)}`,
        networkType: "IPV4",
        preferredBackupWindow: "03:00-03:30",
        preferredMaintenanceWindow: "sun:04:00-sun:04:30",
        monitoringInterval: 0,
        ...inputs,
        clusterIdentifier: id,
        vpcSecurityGroupIds: groups.length > 0 ? groups : [text(vpc.props, "defaultSecurityGroupId")],
        // RDS fills up to three (R12).
        availabilityZones: zonesOf(aws.region).map((zone) => zone.name),
        engineVersionActual: version,
        arn: aws.arn("rds", `cluster:${id}`),
        clusterResourceId: `cluster-${rdsResourceId(aws.estate.randomBytes)}`,
        endpoint: `${id}.cluster-${host}`,
        readerEndpoint: `${id}.cluster-ro-${host}`,
        hostedZoneId: hostedZoneId(host),
        masterUserSecrets: managed?.output ?? [],
        clusterMembers: [],
        caCertificateValidTill: "",
        upgradeRolloutOrder: "second",
      },
      { status: "creating", masterPassword: managed?.password ?? text(inputs, "masterPassword") },
    );
  },
  ready: async (aws, object) => {
    const master = { username: text(object.props, "masterUsername"), password: text(object.hidden, "masterPassword") };
    await Promise.all([aws.wait("clusterAvailable"), aws.clusters.create(object, master)]);
    object.hidden.status = "available";
  },
  update: (aws, object, news) => {
    const wanted = { ...object.props, ...news };
    const version = refuseVersion(wanted);
    const engine = text(wanted, "engine");
    refuseUpgrade(engine, text(object.props, "engineVersionActual"), version, wanted.allowMajorVersionUpgrade === true);
    refuseNeighbours(aws, wanted, version);
    news.engineVersionActual = version;
    makeLogGroups(aws, object.id, news);
    for (const member of aws.list(CLUSTER_INSTANCE)) {
      if (member.props.clusterIdentifier === object.id)
        regroupInterfaces(aws, `db:${member.id}`, texts(wanted, "vpcSecurityGroupIds"));
    }
  },
  after: (aws) => aws.wait("clusterModified"),
  refresh: (aws, object) => {
    object.props.clusterMembers = aws
      .list(CLUSTER_INSTANCE)
      .flatMap((one) => (one.props.clusterIdentifier === object.id ? [one.id] : []));
  },
  delete: async (aws, object, state) => {
    const snapshot = text(state, "finalSnapshotIdentifier");
    if (state.skipFinalSnapshot !== true && snapshot === "") {
      throw new ProviderError("RDS Cluster final_snapshot_identifier is required when skip_final_snapshot is false");
    }
    // The provider itself switches protection off where the state says so (R7).
    if (
      object.props.deletionProtection === true &&
      state.deletionProtection === false &&
      state.applyImmediately === true
    )
      object.props.deletionProtection = false;
    refuseDelete(aws, object.id, object.props, state.skipFinalSnapshot === true ? "" : snapshot);
    object.hidden.status = "deleting";
    await Promise.all([aws.wait("clusterDeleted"), aws.clusters.delete(object)]);
    if (state.skipFinalSnapshot !== true)
      aws.add(CLUSTER_SNAPSHOT, snapshot, {
        identifier: snapshot,
        clusterIdentifier: object.id,
        createdAt: aws.timestamp(),
      });
    removeMasterSecret(aws, object.id);
  },
};

function refuseDelete(aws: AwsContext, id: string, props: Props, snapshot: string): void {
  if (props.deletionProtection === true) {
    throw new AwsError(
      "InvalidParameterCombination",
      "Cannot delete protected Cluster, please disable deletion protection and try again.",
    );
  }
  if (aws.list(CLUSTER_INSTANCE).some((one) => one.props.clusterIdentifier === id)) {
    throw new AwsError(
      "InvalidDBClusterStateFault",
      "Cluster cannot be deleted, it still contains DB instances in non-deleting state.",
    );
  }
  if (snapshot !== "" && aws.find(CLUSTER_SNAPSHOT, snapshot)) {
    throw new AwsError(
      "DBClusterSnapshotAlreadyExistsFault",
      `Cannot create the cluster snapshot because one with the identifier ${snapshot} already exists.`,
    );
  }
}

/** RDS makes the groups of exported logs without an end of retention if nobody did (R9). */
function makeLogGroups(aws: AwsContext, id: string, inputs: Props): void {
  for (const type of texts(inputs, "enabledCloudwatchLogsExports")) {
    const name = `/aws/rds/cluster/${id}/${type}`;
    if (aws.find(LOG_GROUP, name)) continue;
    aws.add(LOG_GROUP, name, {
      name,
      retentionInDays: 0,
      logGroupClass: "STANDARD",
      arn: aws.arn("logs", `log-group:${name}`),
      region: aws.region,
      tagsAll: {},
    });
  }
}

/** Whether a cluster can have serverless instances (R10). */
export function isServerless(props: Props): boolean {
  return Object.keys(block(props, "serverlessv2ScalingConfiguration")).length > 0;
}
