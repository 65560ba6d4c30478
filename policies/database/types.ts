/** Type tokens of databases (`@pulumi/aws`, module rds). */
export const CLUSTER = "aws:rds/cluster:Cluster";
export const INSTANCE = "aws:rds/instance:Instance";
export const CLUSTER_INSTANCE = "aws:rds/clusterInstance:ClusterInstance";
export const PROXY = "aws:rds/proxy:Proxy";
export const SUBNET_GROUP = "aws:rds/subnetGroup:SubnetGroup";
export const CLUSTER_PARAMETERS = "aws:rds/clusterParameterGroup:ClusterParameterGroup";
export const PARAMETERS = "aws:rds/parameterGroup:ParameterGroup";

/** Properties by which a database is a copy of another one, whose master user and backups it has. */
export const SOURCES = ["replicateSourceDb", "replicationSourceIdentifier"] as const;
