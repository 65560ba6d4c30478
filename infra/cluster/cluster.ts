import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import type { ClusterFacts } from "../contract/cluster-facts";
import type { ClusterConfig } from "../contract/environment-config";
import { clusterIdentifier, MASTER_USER } from "../contract/names";
import type { ClusterOutputs } from "../contract/outputs";
import { DATABASE_PORT } from "../network/security-rules";
import { clusterLogGroups, EXPORTED_LOGS } from "./cluster-logs";
import { ENGINE_PARAMETERS, parameterFamily } from "./engine-parameters";

/** Arguments of DatabaseCluster. */
export interface DatabaseClusterArgs {
  readonly estate: string;
  readonly env: string;
  /** Name in Pulumi.<env>.yaml. */
  readonly cluster: string;
  readonly config: ClusterConfig;
  /** In at least two zones. */
  readonly subnetIds: readonly pulumi.Input<string>[];
  readonly securityGroupId: pulumi.Input<string>;
}

/** What the stack tells about a cluster, without its documents. */
export type ClusterState = Omit<ClusterOutputs, "documents">;

const BACKUP_DAYS = 7;

/** A private Aurora PostgreSQL cluster: IAM logins, a master password that only RDS knows, encrypted, TLS forced, logs kept. */
export class DatabaseCluster extends pulumi.ComponentResource {
  readonly facts: pulumi.Output<ClusterFacts>;
  /** Known once the cluster has its instance. */
  readonly state: pulumi.Output<ClusterState>;

  constructor(name: string, args: DatabaseClusterArgs, options?: pulumi.ComponentResourceOptions) {
    super("sallyport:cluster:DatabaseCluster", name, {}, options);
    const { config } = args;
    const identifier = clusterIdentifier(args.estate, args.env, args.cluster);
    const subnetGroup = new aws.rds.SubnetGroup(
      name,
      { subnetIds: [...args.subnetIds], description: `Private subnets of ${identifier}` },
      { parent: this },
    );
    const parameters = new aws.rds.ClusterParameterGroup(
      name,
      {
        family: parameterFamily(config.version),
        description: `Forced TLS for ${identifier}`,
        parameters: ENGINE_PARAMETERS.map((parameter) => ({ ...parameter })),
      },
      { parent: this },
    );
    // A second life of the same name must not meet the first one's snapshot.
    const suffix = new random.RandomId(`${name}-final-snapshot`, { byteLength: 4 }, { parent: this });
    const logs = clusterLogGroups(name, identifier, config.deletionProtection, { parent: this });
    const cluster = new aws.rds.Cluster(
      name,
      {
        clusterIdentifier: identifier,
        engine: config.engine,
        engineVersion: config.version,
        port: DATABASE_PORT,
        dbSubnetGroupName: subnetGroup.name,
        vpcSecurityGroupIds: [args.securityGroupId],
        dbClusterParameterGroupName: parameters.name,
        masterUsername: MASTER_USER,
        manageMasterUserPassword: true,
        iamDatabaseAuthenticationEnabled: true,
        storageEncrypted: true,
        serverlessv2ScalingConfiguration: {
          minCapacity: config.capacity.min,
          maxCapacity: config.capacity.max,
          ...(config.capacity.pauseAfterSeconds === undefined
            ? {}
            : { secondsUntilAutoPause: config.capacity.pauseAfterSeconds }),
        },
        enabledCloudwatchLogsExports: [...EXPORTED_LOGS],
        backupRetentionPeriod: BACKUP_DAYS,
        copyTagsToSnapshot: true,
        deletionProtection: config.deletionProtection,
        skipFinalSnapshot: false,
        finalSnapshotIdentifier: pulumi.interpolate`${identifier}-final-${suffix.hex}`,
        applyImmediately: true,
        tags: { Name: identifier },
      },
      { parent: this, dependsOn: logs },
    );
    const instance = new aws.rds.ClusterInstance(
      `${name}-1`,
      {
        identifier: `${identifier}-1`,
        clusterIdentifier: cluster.id,
        engine: config.engine,
        instanceClass: "db.serverless",
        publiclyAccessible: false,
        applyImmediately: true,
      },
      { parent: this },
    );
    this.facts = cluster.clusterResourceId.apply((resourceId) => ({ name: args.cluster, identifier, resourceId }));
    const secretArn = cluster.masterUserSecrets.apply((secrets) => secrets?.[0]?.secretArn ?? "");
    this.state = pulumi
      .all([cluster.clusterResourceId, cluster.endpoint, cluster.readerEndpoint, cluster.port, secretArn, instance.id])
      .apply(([resourceId, endpoint, readerEndpoint, port, masterSecretArn]) => ({
        identifier,
        resourceId,
        endpoint,
        readerEndpoint,
        port,
        engine: config.engine,
        masterSecretArn,
        databases: copyOf(config.databases),
      }));
    this.registerOutputs({ facts: this.facts, state: this.state });
  }
}

function copyOf(databases: ClusterConfig["databases"]): ClusterOutputs["databases"] {
  return Object.fromEntries(
    Object.entries(databases).map(([name, { owner, schemas }]) => [name, { owner, schemas: [...schemas] }]),
  );
}
