/** Tokens of RDS objects, and of what RDS makes by itself. */
export const SUBNET_GROUP = "aws:rds/subnetGroup:SubnetGroup";
export const CLUSTER_PARAMETER_GROUP = "aws:rds/clusterParameterGroup:ClusterParameterGroup";
export const CLUSTER = "aws:rds/cluster:Cluster";
export const CLUSTER_INSTANCE = "aws:rds/clusterInstance:ClusterInstance";
export const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";
/** Snapshots outlive their cluster: no resource shows them. */
export const CLUSTER_SNAPSHOT = "sandbox:rds:ClusterSnapshot";
/** Secrets that RDS manages. */
export const SECRET = "sandbox:secretsmanager:Secret";
