import type { Props } from "../../../account/estate";
import type { Fail } from "../../protocol/coerce";
import { block, text, texts } from "../../resource-type";

/** Inputs that would change what a cluster is, and that nothing here acts out. */
const NOT_SIMULATED = [
  "restoreToPointInTime",
  "snapshotIdentifier",
  "globalClusterIdentifier",
  "replicationSourceIdentifier",
  "s3Import",
  "scalingConfiguration",
  "masterPasswordWo",
  "masterPasswordWoVersion",
  "domain",
  "domainIamRoleName",
  "kmsKeyId",
  "masterUserSecretKmsKeyId",
  "dbClusterInstanceClass",
  "iamRoles",
  "clusterIdentifierPrefix",
  "backtrackWindow",
];

/** Logs of any engine, as the provider knows them; which of them an engine has, RDS says. */
const LOGS = ["audit", "error", "general", "iam-db-auth-error", "instance", "postgresql", "slowquery", "upgrade"];

/** Check-phase rules of clusters: names, engine, ranges. */
export function clusterRules(inputs: Props, fail: Fail): void {
  for (const key of NOT_SIMULATED) if (inputs[key] !== undefined) fail(key, "not simulated here");
  identifierRules(inputs, "clusterIdentifier", fail);
  if (inputs.engine !== undefined && inputs.engine !== "aurora-postgresql") {
    const known = ["aurora-mysql", "mysql", "postgres"].includes(text(inputs, "engine"));
    fail(
      "engine",
      known
        ? "not simulated here: aurora-postgresql only"
        : `expected engine to be one of ["aurora-mysql" "aurora-postgresql" "mysql" "postgres"], got ${text(inputs, "engine")}`,
    );
  }
  if (inputs.engineMode !== undefined && inputs.engineMode !== "provisioned")
    fail("engineMode", "not simulated here: provisioned only");
  if (inputs.manageMasterUserPassword === true && inputs.masterPassword !== undefined) {
    fail("manageMasterUserPassword", '"manage_master_user_password": conflicts with master_password');
  }
  const days = inputs.backupRetentionPeriod;
  if (typeof days === "number" && (days < 1 || days > 35))
    fail("backupRetentionPeriod", `Invalid backup retention period: ${days}. Must be between 1 and 35.`);
  texts(inputs, "enabledCloudwatchLogsExports").forEach((log, index) => {
    const known = LOGS.map((each) => `"${each}"`).join(" ");
    if (!LOGS.includes(log))
      fail(
        "enabledCloudwatchLogsExports",
        `expected enabled_cloudwatch_logs_exports.${index} to be one of [${known}], got ${log}`,
      );
  });
  const { minCapacity, maxCapacity } = block(inputs, "serverlessv2ScalingConfiguration");
  range(minCapacity, 0, "serverlessv2ScalingConfiguration.minCapacity", fail);
  range(maxCapacity, 1, "serverlessv2ScalingConfiguration.maxCapacity", fail);
}

/** Identifiers of RDS: lower case, a letter first, single hyphens. */
export function identifierRules(inputs: Props, key: string, fail: Fail): void {
  if (inputs[key] === undefined) return;
  const value = text(inputs, key);
  if (!/^[0-9a-z-]+$/.test(value)) fail(key, `only lowercase alphanumeric characters and hyphens allowed in "${key}"`);
  else if (!/^[a-z]/.test(value)) fail(key, `first character of "${key}" must be a letter`);
  else if (value.includes("--")) fail(key, `"${key}" cannot contain two consecutive hyphens`);
  else if (value.endsWith("-")) fail(key, `"${key}" cannot end with a hyphen`);
}

function range(value: Props[string] | undefined, least: number, path: string, fail: Fail): void {
  if (typeof value === "number" && (value < least || value > 256))
    fail(path, `expected to be in the range (${least} - 256), got ${value}`);
}
