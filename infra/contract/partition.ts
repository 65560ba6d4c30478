/** The part of AWS that a region belongs to. */
export interface Partition {
  /** Second field of every ARN there. */
  readonly name: "aws" | "aws-cn" | "aws-us-gov";
  /** Suffix of service host names and of service principals such as `ec2.<suffix>`. */
  readonly dnsSuffix: "amazonaws.com" | "amazonaws.com.cn";
}

/**
 * The partition of a region (AWS General Reference: ARN format), so that no ARN in this product begins with a fixed one.
 *
 * @example partitionOf("cn-north-1").name // "aws-cn"
 */
export function partitionOf(region: string): Partition {
  if (region.startsWith("cn-")) return { name: "aws-cn", dnsSuffix: "amazonaws.com.cn" };
  if (region.startsWith("us-gov-")) return { name: "aws-us-gov", dnsSuffix: "amazonaws.com" };
  return { name: "aws", dnsSuffix: "amazonaws.com" };
}

/**
 * An ARN in the region's partition. Services without region or account (IAM, sso) pass "".
 *
 * @example arnOf({region: "eu-west-2"}, "ssm", "eu-west-2", "111122223333", "session/*")
 */
export function arnOf(
  home: { readonly region: string },
  service: string,
  region: string,
  account: string,
  resource: string,
): string {
  return ["arn", partitionOf(home.region).name, service, region, account, resource].join(":");
}
