import type { Props } from "../../../account/estate";
import { AwsError } from "../../../account/aws-error";
import { RETRIES } from "../../waits";
import { text, type ResourceType } from "../../resource-type";
import { isFamily } from "./engine-versions";
import { CLUSTER, CLUSTER_PARAMETER_GROUP } from "./tokens";

/** Parameters of Aurora PostgreSQL that the sandbox knows, and their allowed values where it judges them. */
const DYNAMIC: Readonly<Record<string, RegExp>> = {
  "rds.force_ssl": /^[01]$/,
  "rds.log_retention_period": /^\d+$/,
  log_connections: /^[01]$/,
  log_disconnections: /^[01]$/,
  log_statement: /^(none|ddl|mod|all)$/,
  log_min_duration_statement: /^-?\d+$/,
  log_temp_files: /^-?\d+$/,
  "pgaudit.log": /^[\w, -]+$/,
  "pgaudit.role": /^\w+$/,
  password_encryption: /^(md5|scram-sha-256)$/,
  ssl_min_protocol_version: /^TLSv1(\.[123])?$/,
  statement_timeout: /^\d+$/,
  idle_in_transaction_session_timeout: /^\d+$/,
  timezone: /./,
};
const STATIC: Readonly<Record<string, RegExp>> = {
  shared_preload_libraries: /./,
  "rds.logical_replication": /^[01]$/,
  max_connections: /./,
  track_activity_query_size: /^\d+$/,
};

/** Parameters for clusters of one engine family. */
export const clusterParameterGroup: ResourceType = {
  token: CLUSTER_PARAMETER_GROUP,
  service: "RDS",
  noun: "RDS Cluster Parameter Group",
  operations: {
    create: "CreateDBClusterParameterGroup",
    update: "ModifyDBClusterParameterGroup",
    delete: "DeleteDBClusterParameterGroup",
  },
  comparisons: { parameters: "set" },
  rules: (inputs, fail) => {
    if (inputs.name !== undefined && !/^[a-z](-?[0-9a-z.])*$/.test(text(inputs, "name"))) {
      fail("name", 'only lowercase alphanumeric characters, periods, and hyphens allowed in parameter group "name"');
    }
  },
  create: (aws, inputs) => {
    const [name, family] = [text(inputs, "name"), text(inputs, "family")];
    if (aws.find(CLUSTER_PARAMETER_GROUP, name))
      throw new AwsError("DBParameterGroupAlreadyExists", `Parameter group ${name} already exists`);
    if (!isFamily(family))
      throw new AwsError(
        "InvalidParameterValue",
        `ParameterGroupFamily ${family} is not a valid parameter group family`,
      );
    refuseParameters(inputs);
    return aws.add(CLUSTER_PARAMETER_GROUP, name, { ...inputs, arn: aws.arn("rds", `cluster-pg:${name}`) });
  },
  update: (_aws, _object, news) => refuseParameters(news),
  delete: (aws, object) =>
    aws.retry(
      () => {
        if (!aws.list(CLUSTER).some((one) => one.props.dbClusterParameterGroupName === object.id)) return;
        const words = `One or more database instances are still members of this parameter group ${object.id}, so the group cannot be deleted`;
        throw new AwsError("InvalidDBParameterGroupState", words);
      },
      RETRIES.parameterGroup,
      (error) => error.code === "InvalidDBParameterGroupState",
    ),
};

function refuseParameters(inputs: Props): void {
  for (const parameter of Array.isArray(inputs.parameters) ? (inputs.parameters as Props[]) : []) {
    const [name, value] = [text(parameter, "name"), text(parameter, "value")];
    const allowed = DYNAMIC[name] ?? STATIC[name];
    if (!allowed) throw new AwsError("InvalidParameterValue", `Could not find parameter with name: ${name}`);
    if (!allowed.test(value))
      throw new AwsError(
        "InvalidParameterValue",
        `Invalid parameter value: ${value} for: ${name} allowed values are: ${allowed.source}`,
      );
    if (STATIC[name] && parameter.applyMethod !== "pending-reboot") {
      throw new AwsError("InvalidParameterCombination", "cannot use immediate apply method for static parameter");
    }
  }
}
