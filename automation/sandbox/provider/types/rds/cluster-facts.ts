import type { Props } from "../../../account/estate";
import { AwsError, ProviderError } from "../../../account/aws-error";
import { text, texts } from "../../resource-type";
import type { AwsContext } from "../../aws-context";
import { SECURITY_GROUP } from "../network/tokens";
import { familyOf, fullVersion } from "./engine-versions";
import { CLUSTER, CLUSTER_PARAMETER_GROUP, SUBNET_GROUP } from "./tokens";

const RESERVED = ["admin", "rdsadmin", "rdsrepladmin", "rds_superuser", "pg_monitor"];
const LOG_TYPES = ["postgresql", "iam-db-auth-error", "instance"];

/** What CreateDBCluster refuses. @throws AwsError with RDS's code. @returns the full engine version. */
export function refuseNewCluster(aws: AwsContext, id: string, inputs: Props): string {
  if (id.length > 63)
    throw new AwsError("InvalidParameterValue", "The parameter DBClusterIdentifier is not a valid identifier.");
  if (aws.find(CLUSTER, id)) throw new AwsError("DBClusterAlreadyExistsFault", "DB Cluster already exists");
  refuseMaster(inputs);
  const database = inputs.databaseName;
  if (database !== undefined && !/^[A-Za-z][A-Za-z0-9_]*$/.test(text(inputs, "databaseName"))) {
    throw new AwsError(
      "InvalidParameterValue",
      "DatabaseName must begin with a letter and contain only alphanumeric characters.",
    );
  }
  if (inputs.kmsKeyId !== undefined && inputs.storageEncrypted !== true)
    throw new AwsError("InvalidParameterCombination", "KmsKeyId needs StorageEncrypted");
  const version = refuseVersion(inputs);
  refuseNeighbours(aws, inputs, version);
  return version;
}

/** What both creation and modification refuse. */
export function refuseNeighbours(aws: AwsContext, inputs: Props, version: string): void {
  const name = text(inputs, "dbSubnetGroupName");
  const group = aws.find(SUBNET_GROUP, name);
  if (!group) throw new AwsError("DBSubnetGroupNotFoundFault", `DB subnet group ${name || "default"} does not exist.`);
  for (const id of texts(inputs, "vpcSecurityGroupIds")) {
    const found = aws.find(SECURITY_GROUP, id);
    if (!found || found.props.vpcId !== group.props.vpcId) {
      throw new AwsError("InvalidVPCNetworkStateFault", "The DB cluster and EC2 security group are in different VPCs.");
    }
  }
  refuseParameterGroup(aws, inputs, version);
  const unknown = texts(inputs, "enabledCloudwatchLogsExports").filter((type) => !LOG_TYPES.includes(type));
  if (unknown.length > 0) {
    throw new AwsError(
      "InvalidParameterCombination",
      `You cannot use the log types '${unknown.join(",")}' with engine version ${text(inputs, "engine")} ${version}.`,
    );
  }
}

/** The full version of a wanted one. @throws AwsError InvalidParameterCombination */
export function refuseVersion(inputs: Props): string {
  const wanted = inputs.engineVersion === undefined ? undefined : text(inputs, "engineVersion");
  const version = fullVersion(wanted);
  if (version === undefined)
    throw new AwsError(
      "InvalidParameterCombination",
      `Cannot find version ${wanted ?? ""} for ${text(inputs, "engine")}`,
    );
  return version;
}

/**
 * What ModifyDBCluster refuses of a version's change; the server itself is never exchanged. Messages as in the public issues
 * hashicorp/terraform-provider-aws#13490 and ministryofjustice/cloud-platform-environments#7615; that a step back over a major
 * version is worded alike is unproven.
 *
 * @param allowed the cluster's `allowMajorVersionUpgrade`
 * @example refuseUpgrade("aurora-postgresql", "16.9", "18.4", false) // AllowMajorVersionUpgrade flag must be present
 * @throws AwsError InvalidParameterCombination; ProviderError for the major upgrade that RDS would do
 */
export function refuseUpgrade(engine: string, from: string, to: string, allowed: boolean): void {
  const [major = 0, minor = 0] = from.split(".").map(Number);
  const [nextMajor = 0, nextMinor = 0] = to.split(".").map(Number);
  if (nextMajor < major || (nextMajor === major && nextMinor < minor))
    throw new AwsError("InvalidParameterCombination", `Cannot upgrade ${engine} from ${from} to ${to}`);
  if (nextMajor === major) return;
  if (!allowed)
    throw new AwsError(
      "InvalidParameterCombination",
      "The AllowMajorVersionUpgrade flag must be present when upgrading to a new major version.",
    );
  throw new ProviderError(`not simulated here: the upgrade of ${engine} from ${from} to ${to}`);
}

function refuseParameterGroup(aws: AwsContext, inputs: Props, version: string): void {
  const name = text(inputs, "dbClusterParameterGroupName");
  const family = familyOf(text(inputs, "engine"), version);
  if (name === "" || name === `default.${family}`) return;
  const group = aws.find(CLUSTER_PARAMETER_GROUP, name);
  if (!group) throw new AwsError("DBClusterParameterGroupNotFound", `DBClusterParameterGroup not found: ${name}`);
  if (group.props.family !== family) {
    const words = `The Parameter Group ${name} with DBParameterGroupFamily ${text(group.props, "family")} cannot be used for this instance.`;
    throw new AwsError(
      "InvalidParameterCombination",
      `${words} Please use a Parameter Group with DBParameterGroupFamily ${family}`,
    );
  }
}

function refuseMaster(inputs: Props): void {
  const user = text(inputs, "masterUsername");
  if (user === "")
    throw new AwsError("InvalidParameterValue", "The parameter MasterUsername must be provided and must not be blank.");
  if (RESERVED.includes(user.toLowerCase()))
    throw new AwsError(
      "InvalidParameterValue",
      `MasterUsername ${user} cannot be used as it is a reserved word used by the engine`,
    );
  if (!/^[A-Za-z]\w{0,62}$/.test(user))
    throw new AwsError("InvalidParameterValue", "The parameter MasterUsername is not a valid identifier.");
  if (inputs.manageMasterUserPassword !== true) {
    if (text(inputs, "masterPassword") === "")
      throw new AwsError(
        "InvalidParameterValue",
        "The parameter MasterUserPassword must be provided and must not be blank.",
      );
    if (inputs.masterUserSecretKmsKeyId !== undefined) {
      throw new AwsError(
        "InvalidParameterCombination",
        "You can specify MasterUserSecretKmsKeyId only with ManageMasterUserPassword",
      );
    }
  }
}
