/** What policies, documents and the descriptor need to know of a cluster that exists. */
export interface ClusterFacts {
  /** Name in Pulumi.<env>.yaml. */
  readonly name: string;
  /** RDS identifier; never part of an `rds-db:connect` resource. */
  readonly identifier: string;
  /** `cluster-…`: made once by RDS; what `rds-db:connect` wants (Aurora user guide, IAM policy for IAM database access). */
  readonly resourceId: string;
}

/** A cluster's resource id as long as a real one, to measure a policy before the cluster exists. */
export const SAMPLE_RESOURCE_ID = `cluster-${"X".repeat(26)}`;
