import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { LOG_RETENTION_DAYS } from "../contract/log-retention";
import { clusterLogGroupName } from "../contract/names";

/**
 * Who came and went, and why an IAM login was refused, which the client is never told (Aurora user guide, "Publishing Aurora
 * PostgreSQL logs to Amazon CloudWatch Logs" and "Troubleshooting for IAM DB authentication"; every version from 16 has both).
 */
export const EXPORTED_LOGS = ["postgresql", "iam-db-auth-error"] as const;

/**
 * The groups of a cluster's exported logs. They must stand before the cluster: RDS makes what is missing, and what RDS makes is kept
 * for ever and belongs to no stack. The logs go with their cluster, unless it is protected against deletion.
 *
 * @param name logical name of the cluster, before that of each log
 */
export function clusterLogGroups(
  name: string,
  identifier: string,
  deletionProtection: boolean,
  options: pulumi.CustomResourceOptions,
): aws.cloudwatch.LogGroup[] {
  return EXPORTED_LOGS.map(
    (log) =>
      new aws.cloudwatch.LogGroup(
        `${name}-${log}`,
        {
          name: clusterLogGroupName(identifier, log),
          retentionInDays: LOG_RETENTION_DAYS,
          deletionProtectionEnabled: deletionProtection,
        },
        options,
      ),
  );
}
