import * as aws from "@pulumi/aws";
import { databaseGroup } from "./groups";
import { data } from "./network";
import { TAGS } from "./settings";

const parameters = new aws.rds.ParameterGroup("shop", {
  family: "postgres16",
  parameters: [
    { name: "rds.force_ssl", value: "1" },
    { name: "log_connections", value: "1" },
    { name: "log_disconnections", value: "1" },
    { name: "shared_preload_libraries", value: "pgaudit", applyMethod: "pending-reboot" },
  ],
  tags: TAGS,
});

const logs = ["postgresql", "iam-db-auth-error"];
for (const log of logs) {
  new aws.cloudwatch.LogGroup(
    `shop-${log}`,
    { name: `/aws/rds/instance/shop/${log}`, retentionInDays: 180, tags: TAGS },
    { protect: true },
  );
}

/** One PostgreSQL of RDS, not Aurora. */
export const database = new aws.rds.Instance(
  "shop",
  {
    identifier: "shop",
    engine: "postgres",
    engineVersion: "16.8",
    instanceClass: "db.t4g.medium",
    allocatedStorage: 100,
    dbName: "shop",
    username: "shop_owner",
    manageMasterUserPassword: true,
    iamDatabaseAuthenticationEnabled: true,
    storageEncrypted: true,
    publiclyAccessible: false,
    multiAz: true,
    dbSubnetGroupName: new aws.rds.SubnetGroup("data", { subnetIds: data.ids, tags: TAGS }).name,
    vpcSecurityGroupIds: [databaseGroup.id],
    parameterGroupName: parameters.name,
    enabledCloudwatchLogsExports: logs,
    backupRetentionPeriod: 14,
    deletionProtection: true,
    skipFinalSnapshot: false,
    finalSnapshotIdentifier: "shop-last",
    copyTagsToSnapshot: true,
    tags: TAGS,
  },
  { protect: true },
);
