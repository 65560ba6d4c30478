import type { CloudObject } from "../../../account/estate";
import { AwsError } from "../../../account/aws-error";
import { endpointHash, rdsResourceId } from "../../../account/ids";
import type { AwsContext } from "../../aws-context";
import { text, texts, type ResourceType } from "../../resource-type";
import { addInterface, removeInterfaces } from "../network/interfaces";
import { SUBNET } from "../network/tokens";
import { isServerless } from "./cluster";
import { identifierRules } from "./cluster-rules";
import { CLUSTER, CLUSTER_INSTANCE, SUBNET_GROUP } from "./tokens";

const NOT_SIMULATED = [
  "monitoringRoleArn",
  "customIamInstanceProfile",
  "performanceInsightsKmsKeyId",
  "identifierPrefix",
  "dbParameterGroupName",
];

/** An instance of a cluster: without one the cluster's endpoints answer nobody. The first is the writer. `hidden.status` as for clusters. */
export const clusterInstance: ResourceType = {
  token: CLUSTER_INSTANCE,
  service: "RDS",
  noun: "RDS Cluster Instance",
  operations: { create: "CreateDBInstance", update: "ModifyDBInstance", delete: "DeleteDBInstance" },
  filled: [
    "engineVersion",
    "availabilityZone",
    "dbSubnetGroupName",
    "preferredBackupWindow",
    "preferredMaintenanceWindow",
    "performanceInsightsEnabled",
    "performanceInsightsRetentionPeriod",
  ],
  rules: (inputs, fail) => {
    for (const key of NOT_SIMULATED) if (inputs[key] !== undefined) fail(key, "not simulated here");
    identifierRules(inputs, "identifier", fail);
    const days = inputs.performanceInsightsRetentionPeriod;
    if (typeof days === "number" && days !== 7 && days !== 731 && days % 31 !== 0)
      fail("performanceInsightsRetentionPeriod", "invalid value");
  },
  create: (aws, inputs) => {
    const id = text(inputs, "identifier") || `tf-${Math.trunc(aws.estate.clocks.wall())}`;
    const parent = aws.find(CLUSTER, inputs.clusterIdentifier);
    if (!parent)
      throw new AwsError("DBClusterNotFoundFault", `DBCluster ${text(inputs, "clusterIdentifier")} not found.`);
    const { props } = parent;
    if (inputs.engine !== props.engine) {
      const words = `The engine name requested for your DB instance (${text(inputs, "engine")}) doesn't match the engine name of your DB cluster (${text(props, "engine")}).`;
      throw new AwsError("InvalidParameterCombination", words);
    }
    if (inputs.instanceClass === "db.serverless" && !isServerless(props)) {
      const words =
        "Set the Serverless v2 scaling configuration on the parent DB cluster before creating a Serverless v2 DB instance.";
      throw new AwsError("InvalidDBClusterStateFault", words);
    }
    if (!/^db\.(serverless|[a-z]+\d+[a-z]*\.\w+)$/.test(text(inputs, "instanceClass"))) {
      const words = `DBInstanceClass=${text(inputs, "instanceClass")}, Engine=${text(inputs, "engine")}, EngineVersion=${text(props, "engineVersionActual")}`;
      throw new AwsError(
        "InvalidParameterCombination",
        `RDS does not support creating a DB instance with the following combination: ${words}`,
      );
    }
    if (Number(inputs.monitoringInterval ?? 0) > 0) {
      throw new AwsError(
        "InvalidParameterCombination",
        "A MonitoringRoleARN value is required if you specify a MonitoringInterval value other than 0.",
      );
    }
    if (aws.find(CLUSTER_INSTANCE, id)) throw new AwsError("DBInstanceAlreadyExists", "DB instance already exists");
    const subnet = subnetFor(aws, parent, text(inputs, "availabilityZone"));
    addInterface(aws, subnet, texts(props, "vpcSecurityGroupIds"), `db:${id}`);
    return aws.add(
      CLUSTER_INSTANCE,
      id,
      {
        publiclyAccessible: false,
        caCertIdentifier: "rds-ca-rsa2048-g1",
        engineVersion: props.engineVersion ?? "",
        preferredBackupWindow: props.preferredBackupWindow ?? "",
        preferredMaintenanceWindow: "sun:05:00-sun:05:30",
        performanceInsightsEnabled: false,
        ...inputs,
        identifier: id,
        dbSubnetGroupName: props.dbSubnetGroupName ?? "",
        availabilityZone: subnet.props.availabilityZone ?? "",
        arn: aws.arn("rds", `db:${id}`),
        dbiResourceId: `db-${rdsResourceId(aws.estate.randomBytes)}`,
        endpoint: `${id}.${endpointHash(aws.account, aws.region)}.${aws.region}.rds.amazonaws.com`,
        port: props.port ?? 5432,
        writer: members(aws, parent.id).length === 0,
        storageEncrypted: props.storageEncrypted ?? false,
        kmsKeyId: props.kmsKeyId ?? "",
        networkType: "IPV4",
        engineVersionActual: props.engineVersionActual ?? "",
      },
      { status: "creating" },
    );
  },
  ready: async (aws, object) => {
    await aws.wait("clusterInstanceAvailable");
    object.hidden.status = "available";
  },
  delete: async (aws, object) => {
    object.hidden.status = "deleting";
    await aws.wait("clusterInstanceDeleted");
    removeInterfaces(aws, `db:${object.id}`);
    const heir = members(aws, object.props.clusterIdentifier)
      .filter((one) => one.id !== object.id)
      .sort((a, b) => Number(a.props.promotionTier) - Number(b.props.promotionTier))[0];
    if (object.props.writer === true && heir) heir.props.writer = true;
  },
};

function members(aws: AwsContext, clusterId: CloudObject["props"][string] | undefined): CloudObject[] {
  return aws.list(CLUSTER_INSTANCE).filter((one) => one.props.clusterIdentifier === clusterId);
}

function subnetFor(aws: AwsContext, parent: CloudObject, zone: string): CloudObject {
  const group = aws.find(SUBNET_GROUP, parent.props.dbSubnetGroupName);
  const subnets = texts(group?.props ?? {}, "subnetIds").flatMap((id) => aws.find(SUBNET, id) ?? []);
  const subnet = zone === "" ? subnets[0] : subnets.find((one) => one.props.availabilityZone === zone);
  if (!subnet) throw new AwsError("InvalidParameterCombination", `The DB subnet group has no subnet in ${zone}`);
  return subnet;
}
